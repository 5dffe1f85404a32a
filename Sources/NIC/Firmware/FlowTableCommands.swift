import Host
import Wire

/// Flow tables and groups (native interface, section 6.5).
extension NIC {
    mutating func createFlowTable(_ command: inout Command, of function: FunctionID) throws(Syndrome) {
        let base = CreateFlowTable.context
        func number(_ field: BitField) -> Int { Int(command.input.get(field, at: base)) }
        let scope = try tableScope(command, of: function)
        guard number(FlowTableContext.reformatEn) == 0, number(FlowTableContext.decapEn) == 0,
            number(FlowTableContext.swOwner) == 0, number(FlowTableContext.terminationTable) == 0,
            number(FlowTableContext.rtcValid) == 0
        else { throw .tableFeature }
        let properties = functions[Int(function.index)].firmware.capabilities.tableProperties(scope.type)
        guard number(FlowTableContext.level) <= properties.highestLevel else { throw .tableLevel }
        guard number(FlowTableContext.logSize) <= properties.logLargestSize else { throw .flowTableSize }
        let table = FlowTable(
            owner: function, type: scope.type, vport: scope.vport, level: number(FlowTableContext.level),
            logSize: number(FlowTableContext.logSize))
        let miss = try missTable(command, at: base, for: table)
        let index = Int(function.index)
        guard functions[index].resources.flowTables.hasRoom else { throw .limit(.flowTable) }
        guard functions[index].firmware.pages.charge() else { throw .outOfPages }
        let handle = steering.add(table, missTo: miss)
        guard let given = functions[index].resources.flowTables.insert(handle) else { throw .limit(.flowTable) }
        steering.setNumber(given, of: handle)
        command.reply(CreateFlowTable.tableId, given)
    }

    /// The table that the context at `base` names for packets that no entry of `table` matches, if any.
    private func missTable(
        _ command: Command, at base: Int, for table: FlowTable
    ) throws(Syndrome) -> FlowTableHandle? {
        let action = UInt8(command.input.get(FlowTableContext.tableMissAction, at: base))
        switch TableMissAction(rawValue: action) {
        case .default: return nil
        case .forwardToTable:
            let number = Int(command.input.get(FlowTableContext.tableMissId, at: base))
            guard let miss = functions[Int(table.owner.index)].resources.flowTables.find(number) else {
                throw .missAction
            }
            try checkForward(from: table, to: steering[miss], mayDescend: false)
            return miss
        case .switchDomain, nil: throw .missAction
        }
    }

    /// That a packet may go from one table to the other.
    func checkForward(from table: FlowTable, to other: FlowTable, mayDescend: Bool) throws(Syndrome) {
        guard other.type == table.type, other.vport == table.vport else { throw .destinationTable }
        guard other.level > table.level || mayDescend else { throw .forwardDown }
    }

    /// Bit 0 of the field select is the miss action with its table; bit 15 is for link aggregation.
    mutating func modifyFlowTable(_ command: inout Command, of function: FunctionID) throws(Syndrome) {
        let table = try namedTable(command, of: function)
        guard command.opMod == 0 else { throw .badOperationModifier }
        guard command.number(ModifyFlowTable.modifyFieldSelect) & ~1 == 0 else { throw .modifyFieldUnknown }
        guard command.number(ModifyFlowTable.modifyFieldSelect) != 0 else { return }
        let miss = try missTable(command, at: ModifyFlowTable.context, for: steering[table])
        steering.setMiss(of: table, to: miss)
    }

    /// The root may be destroyed as well: packets then find no table.
    mutating func destroyFlowTable(_ command: inout Command, of function: FunctionID) throws(Syndrome) {
        let table = try namedTable(command, of: function)
        guard !steering.isBusy(table) else { throw .busy(.flowTable) }
        forgetRoot(table)
        let index = Int(function.index)
        functions[index].resources.flowTables.remove(command.number(DestroyFlowTable.tableId))
        functions[index].firmware.pages.release()
        steering.remove(table)
    }

    /// Operation modifier 0 makes the table the root, 1 leaves its owner or vport without one.
    mutating func setFlowTableRoot(_ command: inout Command, of function: FunctionID) throws(Syndrome) {
        guard command.opMod <= 1 else { throw .badOperationModifier }
        let table = try namedTable(command, of: function)
        try checkOwner(
            command, SetFlowTableRoot.tableEswitchOwnerVhcaIdValid, SetFlowTableRoot.tableEswitchOwnerVhcaId,
            of: function)
        let scope = try tableScope(command, of: function)
        if command.number(SetFlowTableRoot.tableOfOtherVport) != 0 {
            guard scope.type != .nicRX, scope.type != .nicTX else { throw .otherVport }
        }
        setRoot(command.opMod == 0 ? table : nil, scope, of: function)
    }

    mutating func createFlowGroup(_ command: inout Command, of function: FunctionID) throws(Syndrome) {
        let table = try namedTable(command, of: function)
        let first = command.number(CreateFlowGroup.startFlowIndex)
        let last = command.number(CreateFlowGroup.endFlowIndex)
        guard first <= last, last < 1 << Int(steering[table].logSize) else { throw .groupRange }
        guard command.number(CreateFlowGroup.groupType) == 0,
            command.number(CreateFlowGroup.matchDefinerId) == 0
        else { throw .tableFeature }
        let description = try groupDescription(command.input)
        let index = Int(function.index)
        guard functions[index].firmware.pages.charge() else { throw .outOfPages }
        guard let group = steering.addGroup(description, to: table) else {
            functions[index].firmware.pages.release()
            throw .groupOverlap
        }
        command.reply(CreateFlowGroup.groupId, group)
    }

    private func groupDescription(_ input: Record) throws(Syndrome) -> FlowGroupDescription {
        do throws(FlowGroupDescription.MaskError) {
            return try FlowGroupDescription(decoding: input)
        } catch {
            switch error {
            case .setUnknown: throw .groupCriteria
            case .setEmpty: throw .groupCriteriaEmpty
            case .fieldUnknown: throw .groupField
            }
        }
    }

    mutating func destroyFlowGroup(_ command: inout Command, of function: FunctionID) throws(Syndrome) {
        let table = try namedTable(command, of: function)
        switch steering.removeGroup(command.number(DestroyFlowGroup.groupId), of: table) {
        case .missing: throw .missing(.flowGroup)
        case .busy: throw .busy(.flowGroup)
        case .removed: functions[Int(function.index)].firmware.pages.release()
        }
    }

    /// The flow table that the command names at 0x14, of the type that it names at 0x10.
    func namedTable(_ command: Command, of function: FunctionID) throws(Syndrome) -> FlowTableHandle {
        let number = command.number(DestroyFlowTable.tableId)
        guard let table = functions[Int(function.index)].resources.flowTables.find(number) else {
            throw .missing(.flowTable)
        }
        let state = steering[table]
        guard command.number(DestroyFlowTable.tableType) == Int(state.type.rawValue) else { throw .tableTypeDiffers }
        guard command.opcode != .queryFlowTableEntry else { return table }
        guard try tableScope(command, of: function).vport == state.vport else { throw .tableVportDiffers }
        return table
    }

    /// The type of table that a command is about, and the vport whose access list it is.
    struct TableScope {
        var type: TableType
        var vport: VportNumber
    }

    /// What the command is about, if the function may ask for it.
    func tableScope(_ command: Command, of function: FunctionID) throws(Syndrome) -> TableScope {
        let isOther = command.number(CreateFlowTable.otherVport) != 0
        switch TableType(rawValue: UInt8(command.number(CreateFlowTable.tableType))) {
        case .nicRX:
            guard !isOther else { throw .otherVport }
            return TableScope(type: .nicRX, vport: .physical)
        case .fdb:
            guard isEswitchManager(function) else { throw .eswitchManagerOnly }
            return TableScope(type: .fdb, vport: .physical)
        case .ingressACL: return TableScope(type: .ingressACL, vport: try listVport(command, isOther, function))
        case .egressACL: return TableScope(type: .egressACL, vport: try listVport(command, isOther, function))
        default: throw .tableTypeNotModelled
        }
    }

    private func listVport(_ command: Command, _ isOther: Bool, _ function: FunctionID) throws(Syndrome) -> VportNumber {
        guard isEswitchManager(function) else { throw .eswitchManagerOnly }
        let number = VportNumber(UInt16(command.number(CreateFlowTable.vportNumber)))
        let vport = isOther ? number : vportNumber(of: function)
        guard hasVport(vport, inEswitchOf: function) else { throw .vportMissing }
        return vport
    }

    /// That the field which names an owner, if it is valid, names the function itself.
    func checkOwner(
        _ command: Command, _ isValid: BitField, _ owner: BitField, of function: FunctionID
    ) throws(Syndrome) {
        guard command.number(isValid) != 0 else { return }
        let own = functions[Int(function.index)].firmware.capabilities.general.get(HCACapabilities.vhcaId)
        guard UInt32(command.number(owner)) == own else { throw .foreignOwner }
    }

    /// Forgets all tables and counters of `function`, and takes them from where they are roots.
    mutating func releaseSteering(of function: FunctionID) {
        let index = Int(function.index)
        let tables = functions[index].resources.flowTables.numbers.compactMap {
            functions[index].resources.flowTables.find($0)
        }
        let counters = functions[index].resources.flowCounters.numbers.compactMap {
            functions[index].resources.flowCounters.find($0)
        }
        for table in tables { forgetRoot(table) }
        steering.removeAll(tables, counters: counters)
        steering.setTunnelPorts([], of: function)
    }
}

extension Function {
    /// That the command does not name another vport at 0x8.
    func checkOwnVport(_ command: Command) throws(Syndrome) {
        guard command.number(CreateFlowTable.otherVport) == 0 else { throw .otherVport }
    }
}
