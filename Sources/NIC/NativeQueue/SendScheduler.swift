package import Host
import Simulation

/// Decides which send queue is served next: queues with work take turns, one burst of entries each.
///
/// What is under way is bounded by the number of reads of entries and by the send buffer. A queue that has more work
/// after its turn goes to the end of the line, so that no queue of any function waits for more than one turn of
/// every other.
package struct SendScheduler: Sendable {
    /// A queue that waits for its turn.
    package struct Waiting: Sendable, BitwiseCopyable {
        package var function: FunctionID
        package var generation: UInt16
        package var epoch: UInt16
        package var queue: UInt32
    }

    private var ring: [Waiting]
    private var head = 0
    package private(set) var count = 0
    /// Reads of entries under way.
    package var fetchCount = 0
    /// Bytes between decoding and the switch.
    package var bufferedByteCount = 0
    /// Whether an event will start the scheduler again.
    package var isWaking = false

    package init() {
        let nobody = Waiting(function: FunctionID(0), generation: 0, epoch: 0, queue: 0)
        ring = Array(repeating: nobody, count: 64)
    }

    /// Puts a queue at the end of the line.
    package mutating func append(_ waiting: Waiting) {
        if count == ring.count {
            ring = Array(ring[head...] + ring[..<head]) + Array(repeating: waiting, count: ring.count)
            head = 0
        }
        ring[(head + count) & (ring.count - 1)] = waiting
        count += 1
    }

    /// Takes the queue at the head of the line; `nil` when nobody waits.
    package mutating func removeFirst() -> Waiting? {
        guard count > 0 else { return nil }
        let first = ring[head]
        head = (head + 1) & (ring.count - 1)
        count -= 1
        return first
    }
}
