import Wire

/// Access lists of legacy mode: what a virtual function may send, and the tag that it does not see.
///
/// Ingress has four groups of one entry, as Linux lays them out: own address and untagged, untagged, own address, and
/// the drop of everything else. Egress has two: the function's VLAN, and the drop.
extension CoreDriver {
    /// The steps that make the access lists of `vport` say what was set for it, from nothing.
    func accessListSteps(of vport: UInt16) -> [ControlStep] {
        guard let state = eswitch?.vports[vport] else { return [] }
        let hasTag = state.vlan != 0 || state.qos != 0
        var steps: [ControlStep] = [.destroyAll(.accessLists(vport))]
        if interface.capabilities.ingressACL.isSupported, hasTag || state.checksSource {
            steps.append(.management(.createAccessList(vport: vport, .ingress)))
            steps += (0..<4).map { .management(.createAccessGroup(vport: vport, .ingress, $0)) }
            steps.append(.management(.setAccessRule(vport: vport, .ingress, Self.allowance(of: state))))
            steps.append(.management(.setAccessRule(vport: vport, .ingress, 3)))
            steps.append(.management(.setAccessRoot(vport: vport, .ingress)))
        }
        if interface.capabilities.egressACL.isSupported, hasTag, taggingByAccessLists {
            steps.append(.management(.createAccessList(vport: vport, .egress)))
            steps += (0..<2).map { .management(.createAccessGroup(vport: vport, .egress, $0)) }
            steps += (0..<2).map { .management(.setAccessRule(vport: vport, .egress, $0)) }
            steps.append(.management(.setAccessRoot(vport: vport, .egress)))
        }
        return steps
    }

    /// The entry of the ingress list that lets frames in.
    private static func allowance(of state: LegacyEswitch.Vport) -> Int {
        let hasTag = state.vlan != 0 || state.qos != 0
        return hasTag ? (state.checksSource ? 0 : 1) : 2
    }

    private static func name(_ vport: UInt16, _ direction: AccessListDirection, in input: inout Record) {
        input.set(CreateFlowTable.otherVport, vport == 0 ? 0 : 1)
        input.set(CreateFlowTable.vportNumber, UInt32(vport))
        input.set(CreateFlowTable.tableType, UInt32(direction.tableType.rawValue))
    }

    private func list(_ vport: UInt16, _ direction: AccessListDirection) -> LegacyEswitch.AccessList? {
        direction == .ingress ? eswitch?.vports[vport]?.ingress : eswitch?.vports[vport]?.egress
    }

    func accessListCommand(_ step: ManagementStep) -> (Opcode, Record)? {
        switch step {
        case .createAccessList(let vport, let direction):
            var input = Record(.createFlowTable)
            Self.name(vport, direction, in: &input)
            input.set(FlowTableContext.logSize, direction == .ingress ? 2 : 1, at: CreateFlowTable.context)
            return (.createFlowTable, input)
        case .createAccessGroup(let vport, let direction, let index):
            guard let list = list(vport, direction) else { return nil }
            var input = Record(.createFlowGroup)
            Self.name(vport, direction, in: &input)
            input.set(CreateFlowGroup.tableId, list.table)
            input.set(CreateFlowGroup.startFlowIndex, UInt32(index))
            input.set(CreateFlowGroup.endFlowIndex, UInt32(index))
            let isCatchAll = index == (direction == .ingress ? 3 : 1)
            input.set(CreateFlowGroup.matchCriteriaEnable, isCatchAll ? 0 : UInt32(MatchCriteria.outer.rawValue))
            let criteria = CreateFlowGroup.matchCriteria + MatchParameters.outer
            if !isCatchAll { setMask(direction, index, in: &input, at: criteria) }
            return (.createFlowGroup, input)
        case .setAccessRule(let vport, let direction, let index): return accessRule(vport, direction, index)
        case .setAccessRoot(let vport, let direction):
            guard let list = list(vport, direction) else { return nil }
            var input = Record(.setFlowTableRoot)
            Self.name(vport, direction, in: &input)
            input.set(SetFlowTableRoot.tableId, list.table)
            return (.setFlowTableRoot, input)
        default: return nil
        }
    }

    private func setMask(_ direction: AccessListDirection, _ index: Int, in input: inout Record, at base: Int) {
        if direction == .egress {
            input.set(MatchLayer24.cvlanTag, 1, at: base)
            input.set(MatchLayer24.firstVid, 0xfff, at: base)
            return
        }
        if index != 1 {
            input.set(MatchLayer24.smac47_16, .max, at: base)
            input.set(MatchLayer24.smac15_0, 0xffff, at: base)
        }
        if index != 2 { input.set(MatchLayer24.cvlanTag, 1, at: base) }
    }

    private func accessRule(
        _ vport: UInt16, _ direction: AccessListDirection, _ index: Int
    ) -> (Opcode, Record)? {
        guard let list = list(vport, direction), let state = eswitch?.vports[vport] else { return nil }
        var input = Record(.setFlowTableEntry)
        Self.name(vport, direction, in: &input)
        input.set(SetFlowTableEntry.tableId, list.table)
        input.set(SetFlowTableEntry.flowIndex, UInt32(index))
        let context = SetFlowTableEntry.context
        input.set(FlowContext.groupId, list.groups[index], at: context)
        let value = context + FlowContext.matchValue + MatchParameters.outer
        var action: FlowAction = .allow
        let hasTag = state.vlan != 0 || state.qos != 0
        switch (direction, index) {
        case (.ingress, 3), (.egress, 1): action = .drop
        case (.ingress, _):
            if index != 1 {
                input.set(MatchLayer24.smac47_16, UInt32(truncatingIfNeeded: state.address.rawValue >> 16), at: value)
                input.set(MatchLayer24.smac15_0, UInt32(state.address.rawValue & 0xffff), at: value)
            }
            if hasTag, taggingByAccessLists {
                action.insert(.vlanPush)
                input.set(FlowContext.pushVlanEthtype, 0x8100, at: context)
                input.set(FlowContext.pushVlanPrio, UInt32(state.qos), at: context)
                input.set(FlowContext.pushVlanVid, UInt32(state.vlan), at: context)
            }
        case (.egress, _):
            input.set(MatchLayer24.cvlanTag, 1, at: value)
            input.set(MatchLayer24.firstVid, UInt32(state.vlan), at: value)
            action.insert(.vlanPop)
        }
        input.set(FlowContext.action, UInt32(action.rawValue), at: context)
        return (.setFlowTableEntry, input)
    }

    mutating func finishAccessList(_ step: ManagementStep, _ output: Record) {
        switch step {
        case .createAccessList(let vport, let direction):
            let list = LegacyEswitch.AccessList(table: output.get(CreateFlowTable.tableId))
            if direction == .ingress {
                eswitch?.vports[vport]?.ingress = list
            } else {
                eswitch?.vports[vport]?.egress = list
            }
            keep(.flowTable, list.table, table: 0, vport, direction)
        case .createAccessGroup(let vport, let direction, _):
            let group = output.get(CreateFlowGroup.groupId)
            if direction == .ingress {
                eswitch?.vports[vport]?.ingress?.groups.append(group)
            } else {
                eswitch?.vports[vport]?.egress?.groups.append(group)
            }
            keep(.flowGroup, group, table: list(vport, direction)?.table ?? 0, vport, direction)
        case .setAccessRule(let vport, let direction, let index):
            keep(.flowEntry, UInt32(index), table: list(vport, direction)?.table ?? 0, vport, direction)
        default: break
        }
    }

    private mutating func keep(
        _ kind: DeviceObject.Kind, _ id: UInt32, table: UInt32, _ vport: UInt16, _ direction: AccessListDirection
    ) {
        var object = DeviceObject(kind: kind, id: id, table: table, scope: .accessLists(vport))
        object.tableType = direction.tableType
        object.vport = vport
        objects.append(object)
    }
}
