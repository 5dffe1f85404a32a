import Host
import Simulation
import Wire

/// The command interface: what is posted, and when it is looked at again.
extension CoreDriver {
    /// Issues a command of the running program; true when there is none.
    mutating func issue(
        _ command: (Opcode, Record)?, at now: SimTime, kernel: inout Kernel, host: inout Host
    ) throws(DriverError) -> Bool {
        guard let (opcode, input) = command else { return true }
        let byteCount = opcode.outputByteCount
        try post(opcode, input, outputByteCount: byteCount, slot: 0, at: now, kernel: &kernel, host: &host)
        return false
    }

    /// Puts a command into `slot` and rings for it.
    mutating func post(
        _ opcode: Opcode, _ input: Record, outputByteCount: Int, slot: Int, at now: SimTime, kernel: inout Kernel,
        host: inout Host
    ) throws(DriverError) {
        guard commands?.isBroken != true else { throw DriverError("\(opcode): a command was never answered") }
        guard commands != nil else { throw DriverError("\(opcode): the command interface is not set up") }
        var length = outputByteCount
        if opcode == .accessRegister { length = input.byteCount }
        try commands?.post(input, opcode: opcode, outputByteCount: length, slot: slot, host: &host)
        commands?.slots[slot].deadline = now + kernel.parameters.commandTimeout
        let bit = UInt32(1) << UInt32(commands?.entryIndex(slot) ?? 0)
        interface.registers.write(
            UInt32(InitializationSegment.commandDoorbellVector.offset), bit, at: now, host: &host)
        let generation = commands?.slots[slot].generation ?? 0
        let usesEvents = commands?.usesEvents ?? false
        let delay = usesEvents ? SimDuration.milliseconds(1) : kernel.parameters.commandPollInterval
        kernel.events.schedule(commandPoll(slot, tries: 0, generation: generation), at: now + delay)
    }

    /// Asks to look at the command of `slot` again: at first often, then ever less, so that a lost event costs time,
    /// not the run.
    mutating func scheduleCommandPoll(_ slot: Int, tries: UInt16, at now: SimTime, kernel: inout Kernel) {
        guard let queue = commands else { return }
        let base = queue.usesEvents ? SimDuration.milliseconds(1) : kernel.parameters.commandPollInterval
        let delay = base * (1 << min(Int(tries) / 16, 16))
        let next = commandPoll(slot, tries: tries &+ 1, generation: queue.slots[slot].generation)
        kernel.events.schedule(next, at: now + delay)
    }

    // MARK: Events

    private func commandPoll(_ slot: Int, tries: UInt16, generation: UInt16) -> HostSoftware.Event {
        .pollCommand(
            core: UInt16(interface.core), life: life, slot: UInt8(slot), tries: tries, generation: generation)
    }

    var controlEvent: HostSoftware.Event { .control(core: UInt16(interface.core), life: life) }

    var healthEvent: HostSoftware.Event {
        .health(core: UInt16(interface.core), life: life, generation: health.generation)
    }

    var waitEvent: HostSoftware.Event {
        .waitOver(core: UInt16(interface.core), life: life, generation: waitGeneration)
    }
}
