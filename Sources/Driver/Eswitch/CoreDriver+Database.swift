import Wire

/// The forwarding database of legacy mode: one table of type 4 whose groups Linux lays out by destination address.
extension CoreDriver {
    func databaseCommand(_ step: ManagementStep) -> (Opcode, Record)? {
        guard let eswitch else { return nil }
        switch step {
        case .createDatabase:
            var input = Record(.createFlowTable)
            input.set(CreateFlowTable.tableType, UInt32(TableType.fdb.rawValue))
            input.set(FlowTableContext.level, 1, at: CreateFlowTable.context)
            input.set(FlowTableContext.logSize, UInt32(eswitch.logSize), at: CreateFlowTable.context)
            return (.createFlowTable, input)
        case .createDatabaseGroup(let group): return (.createFlowGroup, groupInput(group, eswitch))
        case .setDatabaseRoot:
            var input = Record(.setFlowTableRoot)
            input.set(SetFlowTableRoot.tableType, UInt32(TableType.fdb.rawValue))
            input.set(SetFlowTableRoot.tableId, eswitch.table)
            return (.setFlowTableRoot, input)
        case .updateRule(let rule): return ruleCommand(rule, eswitch)
        default: return nil
        }
    }

    private func groupInput(_ group: DatabaseGroup, _ eswitch: LegacyEswitch) -> Record {
        var input = Record(.createFlowGroup)
        input.set(CreateFlowGroup.tableType, UInt32(TableType.fdb.rawValue))
        input.set(CreateFlowGroup.tableId, eswitch.table)
        let entries = eswitch.entries(of: group)
        input.set(CreateFlowGroup.startFlowIndex, entries.lowerBound)
        input.set(CreateFlowGroup.endFlowIndex, entries.upperBound)
        let outer = CreateFlowGroup.matchCriteria + MatchParameters.outer
        switch group {
        case .address:
            input.set(CreateFlowGroup.matchCriteriaEnable, UInt32(MatchCriteria.outer.rawValue))
            input.set(MatchLayer24.dmac47_16, .max, at: outer)
            input.set(MatchLayer24.dmac15_0, 0xffff, at: outer)
        case .allMulticast:
            input.set(CreateFlowGroup.matchCriteriaEnable, UInt32(MatchCriteria.outer.rawValue))
            input.set(MatchLayer24.dmac47_16, 0x0100_0000, at: outer)
        case .promiscuous:
            input.set(CreateFlowGroup.matchCriteriaEnable, UInt32(MatchCriteria.misc.rawValue))
            input.set(MatchMisc.sourcePort, 0xffff, at: CreateFlowGroup.matchCriteria + MatchParameters.misc)
        case .miss: break
        }
        return input
    }

    private func ruleCommand(_ rule: DatabaseRule, _ eswitch: LegacyEswitch) -> (Opcode, Record)? {
        guard let entry = eswitch.rules[rule] else { return nil }
        guard !entry.vports.isEmpty else {
            guard entry.isWritten else { return nil }
            var input = Record(.deleteFlowTableEntry)
            input.set(DeleteFlowTableEntry.tableType, UInt32(TableType.fdb.rawValue))
            input.set(DeleteFlowTableEntry.tableId, eswitch.table)
            input.set(DeleteFlowTableEntry.flowIndex, entry.index)
            return (.deleteFlowTableEntry, input)
        }
        var input = Record(
            .setFlowTableEntry, opMod: entry.isWritten ? 1 : 0, listByteCount: 8 * entry.vports.count)
        input.set(SetFlowTableEntry.tableType, UInt32(TableType.fdb.rawValue))
        input.set(SetFlowTableEntry.tableId, eswitch.table)
        input.set(SetFlowTableEntry.flowIndex, entry.index)
        if entry.isWritten {
            input.set(SetFlowTableEntry.modifyEnableMask, UInt32(FlowEntryModify.destinations.rawValue))
        }
        let context = SetFlowTableEntry.context
        input.set(FlowContext.groupId, eswitch.groups[rule.group.rawValue], at: context)
        input.set(FlowContext.action, UInt32(FlowAction.forward.rawValue), at: context)
        input.set(FlowContext.destinationListSize, UInt32(entry.vports.count), at: context)
        let value = context + FlowContext.matchValue
        switch rule {
        case .address(let address):
            let outer = value + MatchParameters.outer
            input.set(MatchLayer24.dmac47_16, UInt32(truncatingIfNeeded: address.rawValue >> 16), at: outer)
            input.set(MatchLayer24.dmac15_0, UInt32(address.rawValue & 0xffff), at: outer)
        case .allMulticast: input.set(MatchLayer24.dmac47_16, 0x0100_0000, at: value + MatchParameters.outer)
        case .promiscuous:
            input.set(MatchMisc.sourcePort, UInt32(LegacyEswitch.uplink), at: value + MatchParameters.misc)
        case .miss: break
        }
        for (index, vport) in entry.vports.enumerated() {
            let destination = context + FlowContext.destination + 8 * index
            input.set(FlowDestination.destinationType, UInt32(DestinationType.vport.rawValue), at: destination)
            input.set(FlowDestination.destinationId, UInt32(vport), at: destination)
        }
        return (.setFlowTableEntry, input)
    }

    mutating func finishDatabase(_ step: ManagementStep, _ output: Record) {
        switch step {
        case .createDatabase:
            let table = output.get(CreateFlowTable.tableId)
            eswitch?.table = table
            var object = DeviceObject(kind: .flowTable, id: table, scope: .eswitch)
            object.tableType = .fdb
            objects.append(object)
        case .createDatabaseGroup:
            let group = output.get(CreateFlowGroup.groupId)
            eswitch?.groups.append(group)
            var object = DeviceObject(kind: .flowGroup, id: group, table: eswitch?.table ?? 0, scope: .eswitch)
            object.tableType = .fdb
            objects.append(object)
        case .updateRule(let rule):
            guard let entry = eswitch?.rules[rule] else { return }
            if entry.vports.isEmpty {
                eswitch?.forget(rule)
                objects.removeAll { $0.kind == .flowEntry && $0.scope == .eswitch && $0.id == entry.index }
            } else if !entry.isWritten {
                eswitch?.rules[rule]?.isWritten = true
                var object = DeviceObject(
                    kind: .flowEntry, id: entry.index, table: eswitch?.table ?? 0, scope: .eswitch)
                object.tableType = .fdb
                objects.append(object)
            }
        default: break
        }
    }
}
