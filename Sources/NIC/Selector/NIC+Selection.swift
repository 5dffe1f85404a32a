import Host
import Simulation
import Wire

/// Receiving, second part: a transport interface chooses the receive queue (native interface, section 6.3).
extension NIC {
    /// Hands `received` to the queue that transport interface `number` chooses for it.
    @inline(__always)
    mutating func select(
        _ received: ReceivedFrame, by number: Int, function: FunctionID, at now: SimTime, platform: inout Platform,
        medium: inout Medium
    ) {
        let index = Int(function.index)
        var received = received
        guard functions[index].resources.transportReceives.contains(number) else {
            drop(received.frame, .badDestination, at: function, .inbound, time: now, medium: &medium)
            return
        }
        let bytes = UnsafeRawBufferPointer(medium.frames.bytes(received.frame))
        functions[index].resources.transportReceives[number].hash(&received, bytes)
        let queue: Int
        switch functions[index].resources.transportReceives[number].dispatch {
        case .direct: queue = functions[index].resources.transportReceives[number].inlineQueue
        case .indirect:
            let table = functions[index].resources.transportReceives[number].indirectTable
            guard functions[index].resources.queueTables.contains(table),
                let chosen = functions[index].resources.queueTables[table].queue(for: received.hash)
            else {
                drop(received.frame, .badDestination, at: function, .inbound, time: now, medium: &medium)
                return
            }
            queue = chosen
        }
        enqueue(received, on: queue, function: function, at: now, platform: &platform, medium: &medium)
    }
}

extension ReceiveQueueTable {
    /// The queue that `hash` selects; `nil` from an empty table.
    @inline(__always) func queue(for hash: UInt32) -> Int? {
        let count = UInt32(truncatingIfNeeded: queues.count)
        if count == 0 { return nil }
        // Sizes are mostly powers of two, for which the remainder is the low bits.
        return queues[Int(count & (count &- 1) == 0 ? hash & (count &- 1) : hash % count)]
    }
}
