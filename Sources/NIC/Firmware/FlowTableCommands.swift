import Wire

/// Flow tables and groups (native interface, section 6.5).
extension Function {
    mutating func createFlowTable(_ command: inout Command) throws(Syndrome) {
        try checkOwnVport(command)
        let base = CreateFlowTable.context
        func number(_ field: BitField) -> Int { Int(command.input.get(field, at: base)) }
        guard command.number(CreateFlowTable.tableType) == Int(TableType.nicRX.rawValue) else {
            throw .tableTypeNotModelled
        }
        guard number(FlowTableContext.reformatEn) == 0, number(FlowTableContext.decapEn) == 0,
            number(FlowTableContext.swOwner) == 0, number(FlowTableContext.terminationTable) == 0,
            number(FlowTableContext.rtcValid) == 0
        else { throw .tableFeature }
        guard number(FlowTableContext.level) <= tableLimit(FlowTableProperties.maxFtLevel) else { throw .tableLevel }
        guard number(FlowTableContext.logSize) <= tableLimit(FlowTableProperties.logMaxFtSize) else {
            throw .flowTableSize
        }
        let needs = try missTable(command, at: base, level: number(FlowTableContext.level))
        let table = FlowTable(
            type: .nicRX, decoding: command.part(base, FlowTableContext.byteCount), at: 0)
        command.reply(
            CreateFlowTable.tableId, try firmware.add(table, .flowTable, to: &resources.flowTables, needs: needs))
    }

    private func tableLimit(_ field: BitField) -> Int {
        let base = NICFlowTableCapabilities.flowTablePropertiesNicReceive
        return Int(firmware.capabilities.flowTable.get(field, at: base))
    }

    /// The table that the context at `base` names for frames that no entry matches, if any.
    private func missTable(_ command: Command, at base: Int, level: Int) throws(Syndrome) -> [ObjectName] {
        let action = UInt8(command.input.get(FlowTableContext.tableMissAction, at: base))
        switch TableMissAction(rawValue: action) {
        case .default: return []
        case .forwardToTable:
            let number = Int(command.input.get(FlowTableContext.tableMissId, at: base))
            guard let table = resources.flowTables.find(number) else { throw .missAction }
            guard table.level > level else { throw .forwardDown }
            return [ObjectName(.flowTable, number)]
        case .switchDomain, nil: throw .missAction
        }
    }

    /// Bit 0 of the field select is the miss action with its table; bit 15 is for link aggregation.
    mutating func modifyFlowTable(_ command: inout Command) throws(Syndrome) {
        let number = try namedTable(command)
        guard command.opMod == 0 else { throw .badOperationModifier }
        guard command.number(ModifyFlowTable.modifyFieldSelect) & ~1 == 0 else { throw .modifyFieldUnknown }
        guard command.number(ModifyFlowTable.modifyFieldSelect) != 0 else { return }
        let base = ModifyFlowTable.context
        let needs = try missTable(command, at: base, level: resources.flowTables[number].level)
        firmware.references.set(ObjectName(.flowTable, number), needs: needs)
        resources.flowTables[number].missAction = needs.isEmpty ? .default : .forwardToTable
        resources.flowTables[number].missTable = Int(command.input.get(FlowTableContext.tableMissId, at: base))
    }

    /// The root may be destroyed as well: received frames then find no table.
    mutating func destroyFlowTable(_ command: inout Command) throws(Syndrome) {
        let number = try namedTable(command)
        try firmware.remove(number, .flowTable, from: &resources.flowTables)
        if resources.receiveRoot == number { resources.receiveRoot = nil }
    }

    /// Operation modifier 0 makes the table the root, 1 leaves the function without one.
    mutating func setFlowTableRoot(_ command: inout Command) throws(Syndrome) {
        guard command.opMod <= 1 else { throw .badOperationModifier }
        let number = try namedTable(command)
        guard command.number(SetFlowTableRoot.tableOfOtherVport) == 0 else { throw .otherVport }
        resources.receiveRoot = command.opMod == 0 ? number : nil
    }

    mutating func createFlowGroup(_ command: inout Command) throws(Syndrome) {
        let table = try namedTable(command)
        let first = command.number(CreateFlowGroup.startFlowIndex)
        let last = command.number(CreateFlowGroup.endFlowIndex)
        guard first <= last, last < 1 << resources.flowTables[table].logSize else { throw .groupRange }
        guard command.number(CreateFlowGroup.groupType) == 0,
            command.number(CreateFlowGroup.matchDefinerId) == 0
        else { throw .tableFeature }
        let criteria = MatchCriteria(rawValue: UInt8(command.number(CreateFlowGroup.matchCriteriaEnable)))
        guard criteria.subtracting([.outer, .misc, .inner, .misc2, .misc3]).isEmpty else { throw .groupCriteria }
        guard firmware.pages.charge() else { throw .outOfPages }
        guard let group = resources.flowTables[table].addGroup(decoding: command.input) else {
            firmware.pages.release()
            throw .groupOverlap
        }
        firmware.references.set(
            ObjectName(.flowGroup, group, ofTable: table), needs: [ObjectName(.flowTable, table)])
        command.reply(CreateFlowGroup.groupId, group)
    }

    mutating func destroyFlowGroup(_ command: inout Command) throws(Syndrome) {
        let table = try namedTable(command)
        let group = command.number(DestroyFlowGroup.groupId)
        let name = ObjectName(.flowGroup, group, ofTable: table)
        guard resources.flowTables[table].groups.contains(where: { $0.identifier == group }) else {
            throw .missing(.flowGroup)
        }
        guard !firmware.references.isReferenced(name), resources.flowTables[table].removeGroup(group) else {
            throw .busy(.flowGroup)
        }
        firmware.references.remove(name)
        firmware.pages.release()
    }

    /// The number of the flow table that the command names at 0x14, of the type that it names at 0x10.
    func namedTable(_ command: Command) throws(Syndrome) -> Int {
        if command.opcode != .queryFlowTableEntry { try checkOwnVport(command) }
        let number = command.number(DestroyFlowTable.tableId)
        guard let table = resources.flowTables.find(number) else { throw .missing(.flowTable) }
        guard command.number(DestroyFlowTable.tableType) == Int(table.type.rawValue) else { throw .tableTypeDiffers }
        return number
    }

    /// That the command does not name another vport at 0x8.
    func checkOwnVport(_ command: Command) throws(Syndrome) {
        guard command.number(CreateFlowTable.otherVport) == 0 else { throw .otherVport }
    }
}
