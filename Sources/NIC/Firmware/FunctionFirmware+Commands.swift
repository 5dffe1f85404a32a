import Host
package import Simulation
import Wire

extension FunctionFirmware {
    /// Where entry `slot` of the command queue lies.
    package func entryAddress(_ slot: Int) -> UInt64 {
        queueAddress &+ UInt64(slot) << UInt64(parameters.logCommandQueueStride)
    }

    /// Takes the processor for the command in `slot`; returns when it has been executed.
    ///
    /// MANAGE_PAGES has a processor of its own, so that it never waits for a command that waits for pages.
    package mutating func reserveProcessor(forSlot slot: Int, at now: SimTime) -> SimTime {
        slots[slot].phase = .executing
        let opcode = Opcode(rawValue: UInt16(slots[slot].input.get(CommandHeader.opcode)))
        let listLength = max(0, slots[slot].inputByteCount - (opcode?.inputByteCount ?? 0)) / 8
        var duration = parameters.commandTime + parameters.addressTime * listLength
        switch opcode.flatMap({ CommandRule.of($0) })?.cost {
        case .lifeCycle: duration += parameters.lifeCycleTime
        case .object: duration += parameters.objectTime
        case .some(.none), nil: break
        }
        if opcode == .managePages {
            pagesBusyUntil = max(now, pagesBusyUntil) + duration
            return pagesBusyUntil
        }
        busyUntil = max(now, busyUntil) + duration
        return busyUntil
    }

    /// Records a command that is done.
    mutating func logCommand(_ command: CommandSlot, slot: Int, function: FunctionID, at now: SimTime) {
        let status = UInt8(command.output.get(CommandHeader.status))
        if status != 0 || command.delivery != .ok { invalidCommandCount &+= 1 }
        if status == CommandStatus.limitsExceeded.rawValue || status == CommandStatus.noResources.rawValue {
            quotaExceededCount &+= 1
        }
        commandLog?.append(
            CommandLog.Entry(
                time: now, duration: now - command.doorbellTime, function: function.index, slot: UInt8(slot),
                opcode: UInt16(command.input.get(CommandHeader.opcode)),
                opMod: UInt16(command.input.get(CommandHeader.opMod)),
                inputByteCount: UInt32(command.inputByteCount), outputByteCount: UInt32(command.outputByteCount),
                delivery: command.delivery.rawValue, status: status,
                syndrome: command.output.get(CommandHeader.syndrome)))
    }
}
