package import Wire

/// An entry of a flow table (`flow_context`, native interface, section 6.5).
package struct FlowEntry: Sendable {
    /// Where an entry, or a table's miss, sends a frame.
    package enum Destination: Equatable, Sendable, BitwiseCopyable {
        case table(Int)
        case receiveInterface(Int)
        case vport(Int)
        case uplink
    }

    /// What `init` found wrong; the firmware answers with a bad parameter.
    package enum DecodingError: Error { case unknownDestination(UInt32), listTooLong }

    /// Most destinations and most counters of one entry.
    package static let longestList = 64

    package let group: Int
    /// The value to match: 512 bytes.
    package let value: [UInt8]
    package var flowTag: UInt32
    package var action: FlowAction
    package var destinations: [Destination]
    package var counters: [Int]
    package let context: Record

    /// Reads a flow context and the lists behind it, which start at `offset`.
    package init(decoding record: Record, at offset: Int) throws(DecodingError) {
        group = Int(record.get(FlowContext.groupId, at: offset))
        flowTag = record.get(FlowContext.flowTag, at: offset)
        action = FlowAction(rawValue: UInt16(record.get(FlowContext.action, at: offset)))
        let start = offset + FlowContext.matchValue
        value = (0..<MatchParameters.byteCount).map { start + $0 < record.byteCount ? record.bytes[start + $0] : 0 }
        let destinationCount = Int(record.get(FlowContext.destinationListSize, at: offset))
        let counterCount = Int(record.get(FlowContext.flowCounterListSize, at: offset))
        guard destinationCount <= Self.longestList, counterCount <= Self.longestList else { throw .listTooLong }
        let isExtended = record.get(FlowContext.extendedDestination, at: offset) != 0
        let stride = isExtended ? ExtendedFlowDestination.byteCount : FlowDestination.byteCount
        let list = offset + FlowContext.destination
        destinations = []
        for index in 0..<destinationCount {
            destinations.append(try Self.destination(record, at: list + index * stride))
        }
        counters = (0..<counterCount).map {
            Int(record.get(BitField(word: 0), at: list + (destinationCount + $0) * stride))
        }
        let end = min(record.byteCount, list + (destinationCount + counterCount) * stride)
        context = Record(bytes: Array(record.bytes[min(offset, end)..<end]))
    }

    private static func destination(_ record: Record, at offset: Int) throws(DecodingError) -> Destination {
        let number = Int(record.get(FlowDestination.destinationId, at: offset))
        let type = record.get(FlowDestination.destinationType, at: offset)
        switch DestinationType(rawValue: UInt8(type)) {
        case .flowTable, .tableByType: return .table(number)
        case .tir: return .receiveInterface(number)
        case .vport: return .vport(number)
        case .uplink: return .uplink
        case .flowSampler, nil: throw .unknownDestination(type)
        }
    }
}
