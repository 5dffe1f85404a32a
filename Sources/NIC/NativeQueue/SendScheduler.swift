package import DequeModule
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

    /// The line.
    package var line = Deque<Waiting>()
    /// Reads of entries under way.
    package var fetchCount = 0
    /// Bytes between decoding and the switch.
    package var bufferedByteCount = 0
    /// Whether an event will start the scheduler again.
    package var isWaking = false

    package init() {}
}
