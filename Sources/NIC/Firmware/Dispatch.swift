import Host
import Simulation
import Wire

/// From a command's input to its reply: checks that hold for every command, then the command itself.
extension NIC {
    /// Executes the command in `input` and returns its reply, never longer than needed.
    mutating func execute(
        _ input: Record, outputRoom: Int, of function: FunctionID, at now: SimTime, platform: inout Platform,
        medium: inout Medium
    ) -> Record {
        do throws(Syndrome) {
            guard let opcode = Opcode(rawValue: UInt16(input.get(CommandHeader.opcode))) else { throw .unknownOpcode }
            guard input.byteCount >= opcode.inputByteCount else { throw .inputTooShort }
            var command = Command(
                opcode: opcode, opMod: UInt16(input.get(CommandHeader.opMod)), input: input,
                output: Record(byteCount: max(CommandHeader.byteCount, opcode.outputByteCount)),
                outputRoom: outputRoom, now: now)
            let rule = try checkHeader(command, of: function)
            let target = try target(of: command, from: function, rule.naming)
            try run(&command, of: function, on: target, platform: &platform, medium: &medium)
            return command.output
        } catch {
            var reply = Record(byteCount: CommandHeader.byteCount)
            reply.set(CommandHeader.status, UInt32(error.status.rawValue))
            reply.set(CommandHeader.syndrome, error.rawValue)
            return reply
        }
    }

    /// What must hold before any command of this kind (native interface, section 3.1); returns its rule.
    private func checkHeader(_ command: Command, of function: FunctionID) throws(Syndrome) -> CommandRule {
        let opcode = command.opcode
        let rule = CommandRule.of(opcode)
        if rule?.endsInList != true {
            let tail = command.input.bytes[opcode.inputByteCount...]
            guard tail.allSatisfy({ $0 == 0 }) else { throw .inputTailNotZero }
        }
        guard command.input.get(CommandHeader.uid) == 0 else { throw .userContextUnknown }
        let lifeCycle = functions[Int(function.index)].firmware.lifeCycle
        if rule?.phase == .always, let rule { return rule }
        guard lifeCycle >= .enabled else { throw .notEnabled }
        guard let rule else { throw .opcodeNotModelled }
        if rule.phase == .initialized {
            guard lifeCycle == .initialized else { throw .notInitialized }
            let version = functions[Int(function.index)].firmware.interfaceVersion
            guard version >= 1 || !CommandRule.needsInterfaceVersion1(opcode) else { throw .interfaceTooOld }
        }
        if rule.modifierIsZero, command.opMod != 0 { throw .badOperationModifier }
        return rule
    }

    /// Lets `command` of `function` have its effect on `target`, which it is about.
    private mutating func run(
        _ command: inout Command, of function: FunctionID, on target: FunctionID, platform: inout Platform,
        medium: inout Medium
    ) throws(Syndrome) {
        switch command.opcode {
        case .enableHCA: try enableHCA(&command, of: function, on: target)
        case .disableHCA: try disableHCA(&command, of: function, on: target, medium: &medium)
        case .initHCA: try initHCA(&command, of: function)
        case .teardownHCA: try teardownHCA(&command, of: function, medium: &medium)
        case .queryHCACap: try queryHCACap(&command, of: function, on: target)
        case .setHCACap: try setHCACap(&command, of: function, on: target)
        case .queryPages: try queryPages(&command, of: function, on: target)
        case .managePages: try managePages(&command, of: function, on: target, platform: platform)
        case .allocSF: try allocSF(&command, of: function)
        case .deallocSF: try deallocSF(&command, of: function, medium: &medium)
        case .queryVHCAState: try queryVHCAState(&command, of: function)
        case .modifyVHCAState: try modifyVHCAState(&command, of: function)
        case .queryEswFunctions: try queryEswFunctions(&command, of: function)
        case .accessRegister: try accessRegister(&command, of: function, platform: &platform)
        case .modifySQ: try modifySQ(&command, of: function, platform: &platform, medium: &medium)
        case .destroySQ: try destroySQ(&command, of: function, platform: &platform, medium: &medium)
        case .modifyRQ: try modifyRQ(&command, of: function, platform: &platform, medium: &medium)
        case .destroyRQ: try destroyRQ(&command, of: function, platform: &platform, medium: &medium)
        case .queryVportState: try queryVportState(&command, of: function, on: target)
        case .modifyVportState: try modifyVportState(&command, of: function, on: target)
        case .modifyNICVportContext: try modifyNICVportContext(&command, of: function, on: target)
        case .querySpecialContexts:
            command.reply(QuerySpecialContexts.resdLkey, Int(parameters.reservedKey))
            command.reply(QuerySpecialContexts.terminateScatterListMkey, Int(WQEDataSegment.endOfListKey))
        default:
            guard try !runFlowCommand(&command, of: function) else { return }
            try functions[Int(target.index)].run(&command, parameters)
        }
    }

    /// Commands about flow tables; false when it is another.
    private mutating func runFlowCommand(_ command: inout Command, of function: FunctionID) throws(Syndrome) -> Bool {
        switch command.opcode {
        case .createFlowTable: try createFlowTable(&command, of: function)
        case .modifyFlowTable: try modifyFlowTable(&command, of: function)
        case .destroyFlowTable: try destroyFlowTable(&command, of: function)
        case .setFlowTableRoot: try setFlowTableRoot(&command, of: function)
        case .createFlowGroup: try createFlowGroup(&command, of: function)
        case .destroyFlowGroup: try destroyFlowGroup(&command, of: function)
        case .setFlowTableEntry: try setFlowTableEntry(&command, of: function)
        case .queryFlowTableEntry: try queryFlowTableEntry(&command, of: function)
        case .deleteFlowTableEntry: try deleteFlowTableEntry(&command, of: function)
        case .allocFlowCounter: try allocFlowCounter(&command, of: function)
        case .deallocFlowCounter: try deallocFlowCounter(&command, of: function)
        case .queryFlowCounter: try queryFlowCounter(&command, of: function)
        case .queryEswVportContext: try queryEswVportContext(&command, of: function)
        case .modifyEswVportContext: try modifyEswVportContext(&command, of: function)
        case .createSchedulingElement: try createSchedulingElement(&command, of: function)
        case .destroySchedulingElement: try destroySchedulingElement(&command, of: function)
        case .querySchedulingElement: try querySchedulingElement(&command, of: function)
        case .modifySchedulingElement: try modifySchedulingElement(&command, of: function)
        case .addVXLANUDPDPort:
            try functions[Int(function.index)].addVXLANPort(&command)
            steering.setTunnelPorts(functions[Int(function.index)].firmware.vxlanPorts, of: function)
        case .deleteVXLANUDPDPort:
            try functions[Int(function.index)].deleteVXLANPort(&command)
            steering.setTunnelPorts(functions[Int(function.index)].firmware.vxlanPorts, of: function)
        default: return false
        }
        return true
    }
}

extension Function {
    /// Commands that concern nothing but the function itself.
    mutating func run(_ command: inout Command, _ parameters: borrowing NICParameters) throws(Syndrome) {
        switch command.opcode {
        case .queryISSI: queryISSI(&command)
        case .setISSI: try setISSI(&command)
        case .queryAdapter: queryAdapter(&command)
        case .setDriverVersion: setDriverVersion(&command)
        default: try runObjectCommand(&command, parameters)
        }
    }

    private mutating func runObjectCommand(
        _ command: inout Command, _ parameters: borrowing NICParameters
    ) throws(Syndrome) {
        switch command.opcode {
        case .allocUAR: command.reply(AllocUAR.uar, try firmware.add(UserAccessRegion(), .uar, to: &resources.uars))
        case .deallocUAR: try firmware.remove(command.number(DeallocUAR.uar), .uar, from: &resources.uars)
        case .allocPD:
            let number = try firmware.add(ProtectionDomain(), .protectionDomain, to: &resources.protectionDomains)
            command.reply(AllocPD.pd, number)
        case .deallocPD:
            try firmware.remove(command.number(DeallocPD.pd), .protectionDomain, from: &resources.protectionDomains)
        case .allocTransportDomain:
            let number = try firmware.add(TransportDomain(), .transportDomain, to: &resources.transportDomains)
            command.reply(AllocTransportDomain.transportDomain, number)
        case .deallocTransportDomain:
            let number = command.number(DeallocTransportDomain.transportDomain)
            try firmware.remove(number, .transportDomain, from: &resources.transportDomains)
        case .createMKey: try createMKey(&command)
        case .queryMKey: try queryMKey(&command)
        case .destroyMKey:
            try firmware.remove(command.number(DestroyMKey.mkeyIndex), .memoryKey, from: &resources.memoryKeys)
        case .createEQ: try createEQ(&command)
        case .queryEQ: try queryEQ(&command)
        case .destroyEQ:
            try firmware.remove(command.number(DestroyEQ.eqNumber), .eventQueue, from: &resources.eventQueues)
        case .createCQ: try createCQ(&command)
        case .modifyCQ: try modifyCQ(&command)
        case .queryCQ: try queryCQ(&command)
        case .destroyCQ:
            try firmware.remove(command.number(DestroyCQ.cqn), .completionQueue, from: &resources.completionQueues)
        case .createSQ: try createSQ(&command, parameters)
        case .querySQ: try querySQ(&command)
        case .createRQ: try createRQ(&command, parameters)
        case .queryRQ: try queryRQ(&command)
        default: try runTransportCommand(&command, parameters)
        }
    }

    private mutating func runTransportCommand(
        _ command: inout Command, _ parameters: borrowing NICParameters
    ) throws(Syndrome) {
        switch command.opcode {
        case .createTIS: try createTIS(&command)
        case .modifyTIS: try modifyTIS(&command)
        case .destroyTIS:
            try firmware.remove(command.number(DestroyTIS.tisn), .transportSend, from: &resources.transportSends)
        case .createTIR: try createTIR(&command)
        case .modifyTIR: try modifyTIR(&command)
        case .destroyTIR:
            try firmware.remove(command.number(DestroyTIR.tirn), .transportReceive, from: &resources.transportReceives)
        case .createRQT: try createRQT(&command)
        case .modifyRQT: try modifyRQT(&command)
        case .destroyRQT:
            try firmware.remove(command.number(DestroyRQT.rqtn), .queueTable, from: &resources.queueTables)
        case .queryNICVportContext: try queryNICVportContext(&command)
        case .queryVportCounter: try queryVportCounter(&command)
        case .queryVNICEnv: try queryVNICEnv(&command)
        case .allocQCounter: try allocQCounter(&command)
        case .deallocQCounter:
            try firmware.remove(
                command.number(DeallocQCounter.counterSetId), .queueCounter, from: &resources.queueCounters)
        case .queryQCounter: try queryQCounter(&command)
        case .setL2TableEntry: try setL2TableEntry(&command)
        case .deleteL2TableEntry: try deleteL2TableEntry(&command)
        default: throw .opcodeNotModelled
        }
    }
}
