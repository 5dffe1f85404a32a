import Host
import Wire

/// Flow contexts: from what a command says to what the engine keeps, and back (native interface, section 6.5).
extension NIC {
    /// The entry that `context` describes, with the lists behind it, for `table`.
    func describe(
        _ context: Record, table: FlowTableHandle, of function: FunctionID
    ) throws(Syndrome) -> FlowEntryDescription {
        let value = (0..<MatchParameters.byteCount / 8).map { context.get64(FlowContext.matchValue + $0 * 8) }
        var entry = FlowEntryDescription(
            group: context.get(FlowContext.groupId),
            action: FlowAction(rawValue: UInt16(context.get(FlowContext.action))), value: value)
        entry.flowTag = context.get(FlowContext.flowTag)
        entry.flowSource = UInt8(context.get(FlowContext.flowSource))
        entry.firstTag = context.get(BitField(word: 0x0))
        entry.secondTag = context.get(BitField(word: 0x20))
        let destinationCount = Int(context.get(FlowContext.destinationListSize))
        for index in 0..<destinationCount {
            let place = FlowContext.destination + index * FlowDestination.byteCount
            entry.destinations.append(try destination(context, at: place, of: function))
        }
        for index in 0..<Int(context.get(FlowContext.flowCounterListSize)) {
            let place = FlowContext.destination + (destinationCount + index) * FlowDestination.byteCount
            let number = Int(context.get(BitField(word: place)))
            guard let counter = functions[Int(function.index)].resources.flowCounters.find(number) else {
                throw .missing(.flowCounter)
            }
            entry.counters.append(counter)
        }
        return entry
    }

    private func destination(
        _ context: Record, at place: Int, of function: FunctionID
    ) throws(Syndrome) -> SteeringDestination {
        let number = Int(context.get(FlowDestination.destinationId, at: place))
        guard context.get(FlowDestination.packetReformat, at: place) == 0 else { throw .actionNotModelled }
        let namesOwner = context.get(FlowDestination.destinationEswitchOwnerVhcaIdValid, at: place) != 0
        if namesOwner {
            let own = functions[Int(function.index)].firmware.capabilities.general.get(HCACapabilities.vhcaId)
            let owner = context.get(FlowDestination.destinationEswitchOwnerVhcaId, at: place)
            guard owner == own else { throw .foreignOwner }
        }
        let resources = Int(function.index)
        switch DestinationType(rawValue: UInt8(context.get(FlowDestination.destinationType, at: place))) {
        case .flowTable, .tableByType:
            guard let table = functions[resources].resources.flowTables.find(number) else {
                throw .missing(.flowTable)
            }
            return SteeringDestination(.table, Int(table.index))
        case .tir:
            guard functions[resources].resources.transportReceives.contains(number) else {
                throw .missing(.transportReceive)
            }
            return SteeringDestination(.receiveInterface, number)
        case .vport:
            let vport = VportNumber(UInt16(truncatingIfNeeded: number))
            guard isEswitchManager(function) else { throw .destinationType }
            guard number <= 0xffff, hasVport(vport, inEswitchOf: function) else { throw .vportMissing }
            return SteeringDestination(.vport, number, namesOwner: namesOwner)
        case .uplink: return SteeringDestination(.uplink, number, namesOwner: namesOwner)
        case .flowSampler, nil: throw .destinationType
        }
    }

    mutating func queryFlowTableEntry(_ command: inout Command, of function: FunctionID) throws(Syndrome) {
        let table = try namedTable(command, of: function)
        let index = UInt32(command.number(QueryFlowTableEntry.flowIndex))
        guard let entry = steering.entry(at: index, of: table) else { throw .missing(.flowEntry) }
        command.output.bytes.removeLast(command.output.byteCount - QueryFlowTableEntry.context)
        command.output.bytes.append(contentsOf: encode(entry, of: function).bytes)
    }

    /// The flow context of `entry` with the lists behind it.
    private func encode(_ entry: FlowEntryDescription, of function: FunctionID) -> Record {
        let count = entry.destinations.count + entry.counters.count
        var context = Record(byteCount: FlowContext.byteCount + count * FlowDestination.byteCount)
        context.set(BitField(word: 0x0), entry.firstTag)
        context.set(BitField(word: 0x20), entry.secondTag)
        context.set(FlowContext.groupId, entry.group)
        context.set(FlowContext.flowTag, entry.flowTag)
        context.set(FlowContext.action, UInt32(entry.action.rawValue))
        context.set(FlowContext.flowSource, UInt32(entry.flowSource))
        context.set(FlowContext.destinationListSize, UInt32(entry.destinations.count))
        context.set(FlowContext.flowCounterListSize, UInt32(entry.counters.count))
        for (word, bits) in entry.value.enumerated() { context.set64(FlowContext.matchValue + word * 8, bits) }
        let own = functions[Int(function.index)].firmware.capabilities.general.get(HCACapabilities.vhcaId)
        var place = FlowContext.destination
        for destination in entry.destinations {
            let (type, number) = native(destination)
            context.set(FlowDestination.destinationType, UInt32(type.rawValue), at: place)
            context.set(FlowDestination.destinationId, number, at: place)
            if destination.namesOwner {
                context.set(FlowDestination.destinationEswitchOwnerVhcaIdValid, 1, at: place)
                context.set(FlowDestination.destinationEswitchOwnerVhcaId, own, at: place)
            }
            place += FlowDestination.byteCount
        }
        for counter in entry.counters {
            context.set(BitField(word: place), steering[counter].number)
            place += FlowDestination.byteCount
        }
        return context
    }

    private func native(_ destination: SteeringDestination) -> (DestinationType, UInt32) {
        switch destination.kind {
        case .table: (.flowTable, steering[FlowTableHandle(index: destination.value)].number)
        case .receiveInterface: (.tir, destination.value)
        case .uplink: (.uplink, destination.value)
        case .vport, .drop, .allow: (.vport, destination.value)
        }
    }
}
