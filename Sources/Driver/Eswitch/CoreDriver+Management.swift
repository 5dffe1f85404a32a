import Host
import Simulation
import Wire

/// Commands that a manager gives about others: functions, vports, forwarding database, access lists, rates.
extension CoreDriver {
    /// The command of `step`; `nil` when nothing has to be sent.
    func managementCommand(_ step: ManagementStep) -> (Opcode, Record)? {
        switch step {
        case .enableFunction(let number): functionCommand(Record(.enableHCA), .enableHCA, number)
        case .disableFunction(let number): functionCommand(Record(.disableHCA), .disableHCA, number)
        case .queryHostFunctions: (.queryEswFunctions, Record(.queryEswFunctions))
        case .allocateSubfunction(let number): functionCommand(Record(.allocSF), .allocSF, number)
        case .deallocateSubfunction(let number): functionCommand(Record(.deallocSF), .deallocSF, number)
        case .queryState(let number): functionCommand(Record(.queryVHCAState), .queryVHCAState, number)
        case .numberSubfunction(let number, let value): stateCommand(number, .swFunctionID, value)
        case .armState(let number): stateCommand(number, .armChangeEvent, 0)
        case .setAddress, .setLinkState, .armVport, .queryList, .setVLAN: vportCommand(step)
        case .createDatabase, .createDatabaseGroup, .setDatabaseRoot, .updateRule: databaseCommand(step)
        case .createAccessList, .createAccessGroup, .setAccessRule, .setAccessRoot: accessListCommand(step)
        case .createRootScheduler, .createScheduler, .destroyScheduler, .destroyRootScheduler:
            schedulingCommand(step)
        }
    }

    /// Bytes that the answer to `step` may have.
    func outputByteCount(_ step: ManagementStep, _ opcode: Opcode) -> Int {
        // An address list follows the context, with up to 128 addresses.
        if case .queryList = step { return opcode.outputByteCount + 8 * 128 }
        return opcode.outputByteCount
    }

    private func stateCommand(_ number: UInt16, _ what: VHCAStateModify, _ value: UInt32) -> (Opcode, Record) {
        var input = Record(.modifyVHCAState)
        input.set(ModifyVHCAState.functionId, UInt32(number))
        input.set(ModifyVHCAState.vhcaStateFieldSelect, what.rawValue)
        if what == .armChangeEvent {
            input.set(VHCAStateContext.armChangeEvent, 1, at: ModifyVHCAState.context)
        } else {
            input.set(VHCAStateContext.swFunctionId, value, at: ModifyVHCAState.context)
        }
        return (.modifyVHCAState, input)
    }

    // MARK: Vports

    /// Says which vport a command is about: 0 is the manager's own, except to the SmartNIC's own processors, which name
    /// every vport as another's (switchdev needs, section 10).
    private func name(vport: UInt16, in input: inout Record) {
        input.set(ModifyNICVportContext.otherVport, vport == 0 && !interface.isEmbedded ? 0 : 1)
        input.set(ModifyNICVportContext.vportNumber, UInt32(vport))
    }

    private func vportCommand(_ step: ManagementStep) -> (Opcode, Record)? {
        var input = Record(.modifyNICVportContext)
        let context = ModifyNICVportContext.context
        switch step {
        case .setAddress(let vport, let address):
            name(vport: vport, in: &input)
            input.set(ModifyNICVportContext.fieldSelectPermanentAddress, 1)
            input.set64(context + NICVportContext.permanentAddress, address.rawValue)
        case .armVport(let vport):
            name(vport: vport, in: &input)
            input.set(ModifyNICVportContext.fieldSelectChangeEvent, 1)
            input.set(NICVportContext.armChangeEvent, 1, at: context)
            input.set(NICVportContext.eventOnUcAddressChange, 1, at: context)
            input.set(NICVportContext.eventOnMcAddressChange, 1, at: context)
            input.set(NICVportContext.eventOnPromiscChange, 1, at: context)
        case .queryList(let vport, let type):
            input = Record(.queryNICVportContext)
            name(vport: vport, in: &input)
            input.set(QueryNICVportContext.allowedListType, UInt32(type.rawValue))
            return (.queryNICVportContext, input)
        case .setLinkState(let vport, let state):
            input = Record(.modifyVportState, opMod: UInt16(VportStateTarget.eswVport.rawValue))
            name(vport: vport, in: &input)
            input.set(ModifyVportState.adminState, UInt32(state.rawValue))
            return (.modifyVportState, input)
        case .setVLAN(let vport): return vlanCommand(vport)
        default: return nil
        }
        return (.modifyNICVportContext, input)
    }

    /// The tag by the e-switch context of a vport, where access lists cannot put it on.
    private func vlanCommand(_ vport: UInt16) -> (Opcode, Record)? {
        guard let state = eswitch?.vports[vport], !taggingByAccessLists else { return nil }
        var input = Record(.modifyEswVportContext)
        name(vport: vport, in: &input)
        input.set(ModifyEswVportContext.fieldSelectVportCvlanStrip, 1)
        input.set(ModifyEswVportContext.fieldSelectVportCvlanInsert, 1)
        let isOn = state.vlan != 0 || state.qos != 0
        let context = ModifyEswVportContext.context
        input.set(EswVportContext.vportCvlanStrip, isOn ? 1 : 0, at: context)
        let insertion: UInt32 = interface.capabilities.alwaysInsertsVLAN ? 3 : 1
        input.set(EswVportContext.vportCvlanInsert, isOn ? insertion : 0, at: context)
        input.set(EswVportContext.cvlanId, UInt32(state.vlan), at: context)
        input.set(EswVportContext.cvlanPcp, UInt32(state.qos), at: context)
        return (.modifyEswVportContext, input)
    }

    /// Whether access lists put on and take off the tags of vports.
    var taggingByAccessLists: Bool {
        interface.capabilities.ingressACL.pushesVLAN && interface.capabilities.egressACL.popsVLAN
    }

    // MARK: Answers

    /// Takes the output of a management command.
    mutating func finish(_ step: ManagementStep, _ output: Record) {
        switch step {
        case .queryList(let vport, let type): takeList(output, of: vport, type)
        case .queryHostFunctions: takeHostFunctions(output)
        case .createDatabase, .createDatabaseGroup, .updateRule: finishDatabase(step, output)
        case .createAccessList, .createAccessGroup, .setAccessRule: finishAccessList(step, output)
        case .createRootScheduler, .createScheduler, .destroyScheduler, .destroyRootScheduler:
            finishScheduling(step, output)
        case .enableFunction, .disableFunction, .allocateSubfunction, .deallocateSubfunction, .numberSubfunction,
            .armState, .queryState, .setAddress, .setLinkState, .armVport, .setVLAN, .setDatabaseRoot,
            .setAccessRoot:
            break
        }
    }

    private mutating func takeList(_ output: Record, of vport: UInt16, _ type: AddressListType) {
        let context = QueryNICVportContext.context
        let count = Int(output.get(NICVportContext.allowedListSize, at: context))
        let first = context + NICVportContext.currentUcMacAddress
        let addresses = (0..<min(count, 128)).map { index in
            MACAddress(rawValue: output.get64(first + 8 * index) & 0xffff_ffff_ffff)
        }
        if type == .unicast { eswitch?.vports[vport]?.unicast = addresses }
        guard type == .multicast else { return }
        eswitch?.vports[vport]?.multicast = addresses
        eswitch?.vports[vport]?.wantsAllMulticast = output.get(NICVportContext.promiscMc, at: context) != 0
        eswitch?.vports[vport]?.isPromiscuous = output.get(NICVportContext.promiscAll, at: context) != 0
    }
}
