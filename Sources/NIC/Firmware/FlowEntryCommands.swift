import Host
import Wire

/// Entries of flow tables (native interface, section 6.5).
extension NIC {
    /// Operation modifier 0 creates the entry, 1 replaces the parts that the mask names.
    mutating func setFlowTableEntry(_ command: inout Command, of function: FunctionID) throws(Syndrome) {
        let table = try namedTable(command, of: function)
        let index = command.number(SetFlowTableEntry.flowIndex)
        guard index < 1 << Int(steering[table].logSize) else { throw .flowIndexOutside }
        let context = try entryContext(command)
        let mayDescend = command.number(SetFlowTableEntry.ignoreFlowLevel) != 0
        let new = try describe(context, table: table, of: function)
        switch command.opMod {
        case 0:
            guard steering.entry(at: UInt32(index), of: table) == nil else { throw .busy(.flowEntry) }
            try check(new, table: table, mayDescend: mayDescend, of: function)
            try add(new, at: UInt32(index), of: table, function)
        case 1:
            let parts = FlowEntryModify(rawValue: UInt8(command.number(SetFlowTableEntry.modifyEnableMask)))
            try replace(at: UInt32(index), of: table, parts, by: new, mayDescend: mayDescend, function)
        default: throw .badOperationModifier
        }
    }

    private mutating func add(
        _ entry: FlowEntryDescription, at index: UInt32, of table: FlowTableHandle, _ function: FunctionID
    ) throws(Syndrome) {
        guard functions[Int(function.index)].firmware.pages.charge() else { throw .outOfPages }
        do throws(Steering.EntryError) {
            try steering.addEntry(entry, at: index, of: table)
        } catch {
            functions[Int(function.index)].firmware.pages.release()
            switch error {
            case .groupMissing: throw .missing(.flowGroup)
            case .indexOutside: throw .flowIndexOutside
            case .indexTaken: throw .busy(.flowEntry)
            case .valueOutsideMask: throw .valueOutsideMask
            case .duplicate: throw .entryDuplicate
            }
        }
        hold(entry, of: function)
    }

    private mutating func replace(
        at index: UInt32, of table: FlowTableHandle, _ parts: FlowEntryModify, by new: FlowEntryDescription,
        mayDescend: Bool, _ function: FunctionID
    ) throws(Syndrome) {
        guard let former = steering.entry(at: index, of: table) else { throw .missing(.flowEntry) }
        guard parts.subtracting([.action, .flowTag, .destinations, .counters]).isEmpty else {
            throw .modifyFieldUnknown
        }
        guard new.group == former.group else { throw .entryGroup }
        var merged = former
        if parts.contains(.action) {
            (merged.action, merged.firstTag, merged.secondTag) = (new.action, new.firstTag, new.secondTag)
        }
        if parts.contains(.flowTag) { merged.flowTag = new.flowTag }
        if parts.contains(.destinations) { merged.destinations = new.destinations }
        if parts.contains(.counters) { merged.counters = new.counters }
        try check(merged, table: table, mayDescend: mayDescend, of: function)
        _ = steering.replaceEntry(at: index, of: table, with: merged)
        hold(merged, of: function)
        letGo(former, of: function)
    }

    /// The transport interfaces that `entry` leads to are needed.
    private mutating func hold(_ entry: FlowEntryDescription, of function: FunctionID) {
        for destination in entry.destinations where destination.kind == .receiveInterface {
            functions[Int(function.index)].firmware.references.hold(
                ObjectName(.transportReceive, Int(destination.value)))
        }
    }

    private mutating func letGo(_ entry: FlowEntryDescription, of function: FunctionID) {
        for destination in entry.destinations where destination.kind == .receiveInterface {
            functions[Int(function.index)].firmware.references.letGo(
                ObjectName(.transportReceive, Int(destination.value)))
        }
    }

    /// The flow context of the command with the lists behind it, which must be complete.
    private func entryContext(_ command: Command) throws(Syndrome) -> Record {
        let base = SetFlowTableEntry.context
        guard command.input.get(FlowContext.extendedDestination, at: base) == 0 else { throw .actionNotModelled }
        let destinationCount = Int(command.input.get(FlowContext.destinationListSize, at: base))
        let counterCount = Int(command.input.get(FlowContext.flowCounterListSize, at: base))
        let type = TableType(rawValue: UInt8(command.number(SetFlowTableEntry.tableType))) ?? .nicRX
        guard destinationCount <= 1 << FlowEntryDescription.logMostDestinations(type),
            counterCount <= 1 << FlowEntryDescription.logMostCounters
        else { throw .destinationCount }
        let byteCount = FlowContext.byteCount + (destinationCount + counterCount) * FlowDestination.byteCount
        guard command.input.byteCount >= base + byteCount else { throw .destinationListTooShort }
        return command.part(base, byteCount)
    }

    /// That what `entry` does makes sense in `table`.
    private func check(
        _ entry: FlowEntryDescription, table: FlowTableHandle, mayDescend: Bool, of function: FunctionID
    ) throws(Syndrome) {
        let state = steering[table]
        guard entry.action.subtracting(Self.actions(of: state.type)).isEmpty else { throw .actionNotModelled }
        let outcomes = [FlowAction.allow, .drop, .forward].filter { entry.action.contains($0) }
        guard outcomes.count == 1, entry.action.contains(.forward) == !entry.destinations.isEmpty,
            entry.action.contains(.count) == !entry.counters.isEmpty,
            entry.action.isDisjoint(with: .tags) || !entry.action.contains(.drop)
        else { throw .actionContradiction }
        for destination in entry.destinations {
            switch destination.kind {
            case .table:
                try checkForward(
                    from: state, to: steering[FlowTableHandle(index: destination.value)], mayDescend: mayDescend)
            case .receiveInterface:
                guard state.type == .nicRX else { throw .destinationType }
            case .vport, .uplink:
                guard state.type == .fdb else { throw .destinationType }
            case .drop, .allow: throw .destinationType
            }
        }
    }

    /// What entries of tables of `type` may do.
    private static func actions(of type: TableType) -> FlowAction {
        switch type {
        case .nicRX: [.allow, .drop, .forward, .count]
        case .fdb: [.drop, .forward, .count, .vlanPop, .vlanPush, .vlanPop2, .vlanPush2]
        default: [.allow, .drop, .forward, .count, .vlanPop, .vlanPush]
        }
    }

    mutating func deleteFlowTableEntry(_ command: inout Command, of function: FunctionID) throws(Syndrome) {
        let table = try namedTable(command, of: function)
        let index = UInt32(command.number(DeleteFlowTableEntry.flowIndex))
        guard let entry = steering.entry(at: index, of: table), steering.removeEntry(at: index, of: table) else {
            throw .missing(.flowEntry)
        }
        letGo(entry, of: function)
        functions[Int(function.index)].firmware.pages.release()
    }
}
