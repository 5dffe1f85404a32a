package import Wire

/// A receive queue table: the hash, modulo its size, selects a queue (`rqtc`, native interface, section 6.3).
package struct ReceiveQueueTable: Sendable {
    package let listType: UInt32
    package let maximumSize: Int
    /// Numbers of the receive queues.
    package var queues: [Int]

    package init(decoding context: Record, at offset: Int, pages: [UInt64] = []) {
        listType = context.get(RQTContext.listQType, at: offset)
        maximumSize = Int(context.get(RQTContext.rqtMaxSize, at: offset))
        queues = []
        setQueues(decoding: context, at: offset)
    }

    /// Takes the list from `context`: what `MODIFY_RQT` does with bit 0 of its mask.
    package mutating func setQueues(decoding context: Record, at offset: Int) {
        let count = Int(context.get(RQTContext.rqtActualSize, at: offset))
        queues = (0..<count).map { Int(context.get(BitField(RQTContext.rqNum + $0 * 4, 23, 0), at: offset)) }
    }

    /// Writes the context as `QUERY_RQT` replies it; the record must have room for the list.
    package func encode(into context: inout Record, at offset: Int) {
        context.set(RQTContext.listQType, listType, at: offset)
        context.set(RQTContext.rqtMaxSize, UInt32(maximumSize), at: offset)
        context.set(RQTContext.rqtActualSize, UInt32(queues.count), at: offset)
        for (index, queue) in queues.enumerated() {
            context.set(BitField(RQTContext.rqNum + index * 4, 23, 0), UInt32(queue), at: offset)
        }
    }
}
