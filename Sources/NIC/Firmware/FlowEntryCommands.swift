import Wire

/// Entries of flow tables and their counters (native interface, section 6.5).
extension Function {
    /// Operation modifier 0 creates the entry, 1 replaces the parts that the mask names.
    mutating func setFlowTableEntry(_ command: inout Command) throws(Syndrome) {
        let table = try namedTable(command)
        let index = command.number(SetFlowTableEntry.flowIndex)
        guard index < 1 << resources.flowTables[table].logSize else { throw .flowIndexOutside }
        let former = resources.flowTables[table].entries[index]
        var context = try entryContext(command)
        switch command.opMod {
        case 0:
            guard former == nil else { throw .busy(.flowEntry) }
        case 1:
            guard let former else { throw .missing(.flowEntry) }
            let parts = FlowEntryModify(rawValue: UInt8(command.number(SetFlowTableEntry.modifyEnableMask)))
            guard parts.subtracting([.action, .flowTag, .destinations, .counters]).isEmpty else {
                throw .modifyFieldUnknown
            }
            context = Self.merge(context, into: former.context, parts)
        default: throw .badOperationModifier
        }
        let entry = try decodeEntry(context)
        if let former, former.group != entry.group { throw .entryGroup }
        let mayDescend = command.number(SetFlowTableEntry.ignoreFlowLevel) != 0
        let needs = try entryNeeds(entry, table: table, mayDescend: mayDescend)
        guard let group = resources.flowTables[table].groups.first(where: { $0.identifier == entry.group }) else {
            throw .missing(.flowGroup)
        }
        guard (group.first...group.last).contains(index) else { throw .flowIndexOutside }
        if former == nil, !firmware.pages.charge() { throw .outOfPages }
        guard resources.flowTables[table].setEntry(entry, at: index) else {
            preconditionFailure("an entry that was checked was refused")
        }
        firmware.references.set(ObjectName(.flowEntry, index, ofTable: table), needs: needs)
    }

    /// The flow context of the command with the lists behind it, which must be complete.
    private func entryContext(_ command: Command) throws(Syndrome) -> Record {
        let base = SetFlowTableEntry.context
        guard command.input.get(FlowContext.extendedDestination, at: base) == 0 else { throw .actionNotModelled }
        let count =
            Int(command.input.get(FlowContext.destinationListSize, at: base))
            + Int(command.input.get(FlowContext.flowCounterListSize, at: base))
        guard count <= 2 * FlowEntry.longestList else { throw .destinationCount }
        let byteCount = FlowContext.byteCount + count * FlowDestination.byteCount
        guard command.input.byteCount >= base + byteCount else { throw .destinationListTooShort }
        return command.part(base, byteCount)
    }

    private func decodeEntry(_ context: Record) throws(Syndrome) -> FlowEntry {
        do throws(FlowEntry.DecodingError) {
            return try FlowEntry(decoding: context, at: 0)
        } catch {
            switch error {
            case .unknownDestination: throw .destinationType
            case .listTooLong: throw .destinationCount
            }
        }
    }

    /// What `entry` needs to exist; checks that its actions make sense in table `table`.
    private func entryNeeds(_ entry: FlowEntry, table: Int, mayDescend: Bool) throws(Syndrome) -> [ObjectName] {
        guard entry.action.subtracting([.allow, .drop, .forward, .count]).isEmpty else { throw .actionNotModelled }
        let outcomes = [FlowAction.allow, .drop, .forward].filter { entry.action.contains($0) }
        guard outcomes.count == 1, entry.action.contains(.forward) == !entry.destinations.isEmpty,
            entry.action.contains(.count) == !entry.counters.isEmpty
        else { throw .actionContradiction }
        var needs = [ObjectName(.flowGroup, entry.group, ofTable: table)]
        for destination in entry.destinations {
            switch destination {
            case .table(let number):
                needs.append(try require(.flowTable, number))
                let isHigher = resources.flowTables[number].level > resources.flowTables[table].level
                guard isHigher || mayDescend else { throw .forwardDown }
            case .receiveInterface(let number): needs.append(try require(.transportReceive, number))
            case .vport, .uplink: throw .destinationType
            }
        }
        for counter in entry.counters { needs.append(try require(.flowCounter, counter)) }
        return needs
    }

    /// `former` with those `parts` of `new` that a modification replaces.
    private static func merge(_ new: Record, into former: Record, _ parts: FlowEntryModify) -> Record {
        func lists(_ record: Record) -> (destinations: ArraySlice<UInt8>, counters: ArraySlice<UInt8>) {
            let start = FlowContext.destination
            let count = Int(record.get(FlowContext.destinationListSize)) * FlowDestination.byteCount
            return (record.bytes[start..<start + count], record.bytes[(start + count)...])
        }
        let destinations = lists(parts.contains(.destinations) ? new : former).destinations
        let counters = lists(parts.contains(.counters) ? new : former).counters
        var merged = Record(bytes: Array(former.bytes[..<FlowContext.byteCount]) + destinations + counters)
        merged.set(FlowContext.destinationListSize, UInt32(destinations.count / FlowDestination.byteCount))
        merged.set(FlowContext.flowCounterListSize, UInt32(counters.count / FlowDestination.byteCount))
        if parts.contains(.action) { merged.set(FlowContext.action, new.get(FlowContext.action)) }
        if parts.contains(.flowTag) { merged.set(FlowContext.flowTag, new.get(FlowContext.flowTag)) }
        return merged
    }

    func queryFlowTableEntry(_ command: inout Command) throws(Syndrome) {
        let table = try namedTable(command)
        guard let entry = resources.flowTables[table].entries[command.number(QueryFlowTableEntry.flowIndex)] else {
            throw .missing(.flowEntry)
        }
        command.output.bytes.removeLast(command.output.byteCount - QueryFlowTableEntry.context)
        command.output.bytes.append(contentsOf: entry.context.bytes)
    }

    mutating func deleteFlowTableEntry(_ command: inout Command) throws(Syndrome) {
        let table = try namedTable(command)
        let index = command.number(DeleteFlowTableEntry.flowIndex)
        guard resources.flowTables[table].removeEntry(at: index) else { throw .missing(.flowEntry) }
        firmware.references.remove(ObjectName(.flowEntry, index, ofTable: table))
        firmware.pages.release()
    }

    mutating func allocFlowCounter(_ command: inout Command) throws(Syndrome) {
        guard command.number(AllocFlowCounter.flowCounterBulk) == 0,
            command.number(AllocFlowCounter.flowCounterBulkLogSize) == 0
        else { throw .counterBulk }
        command.reply(
            AllocFlowCounter.flowCounterId, try firmware.add(FlowCounter(), .flowCounter, to: &resources.flowCounters))
    }

    mutating func deallocFlowCounter(_ command: inout Command) throws(Syndrome) {
        try firmware.remove(
            command.number(DeallocFlowCounter.flowCounterId), .flowCounter, from: &resources.flowCounters)
    }

    /// Frames and bytes of one counter or of several that follow each other; zero means one.
    mutating func queryFlowCounter(_ command: inout Command) throws(Syndrome) {
        let count = max(1, command.number(QueryFlowCounter.numOfCounters))
        let first = command.number(QueryFlowCounter.flowCounterId)
        guard command.outputRoom >= QueryFlowCounter.flowStatistics + count * 16 else { throw .counterAnswerTooShort }
        for number in first..<first + count { _ = try require(.flowCounter, number) }
        command.output.bytes.append(contentsOf: repeatElement(0, count: count * 16))
        for index in 0..<count {
            let counter = resources.flowCounters[first + index]
            command.output.set64(QueryFlowCounter.flowStatistics + index * 16, counter.frames)
            command.output.set64(QueryFlowCounter.flowStatistics + index * 16 + 8, counter.bytes)
            if command.number(QueryFlowCounter.clear) != 0 { resources.flowCounters[first + index] = FlowCounter() }
        }
    }
}
