package import Simulation

/// What a send queue's engine is doing.
package struct SendEngine: Sendable, BitwiseCopyable {
    /// A read of the doorbell record is under way.
    package var isReadingRecord = false
    /// The doorbell rang while the record was being read.
    package var hasNewDoorbell = false
    /// Whether the queue waits in the scheduler.
    package var isScheduled = false
    /// Reads of entries under way, and how many entries they bring.
    package var fetchCount: UInt8 = 0
    package var underway: UInt16 = 0
    /// Payload bytes of the entry at `WorkQueue.consumed` that have become segments already.
    package var segmentedByteCount = 0
    /// The entry at `WorkQueue.consumed` waits for room in the send buffer.
    package var isStalled = false
    /// When the doorbell arrived, and when the last read of entries began and ended.
    package var doorbellTime = SimTime.zero
    package var fetchStart = SimTime.zero
    package var fetchEnd = SimTime.zero
    /// Frames and completions of one queue keep their order: none is earlier than these.
    package var lastReady = SimTime.zero
    package var lastVisible = SimTime.zero

    package init() {}
}
