package import Simulation

/// What a send queue's engine is doing.
package struct SendEngine: Sendable, BitwiseCopyable {
    /// A read of the doorbell record is under way, and what it brings.
    package var isReadingRecord = false
    package var record: UInt16 = 0
    /// The doorbell rang while the record was being read, and what the last one hinted at.
    package var hasNewDoorbell = false
    package var newHint: UInt16?
    /// Whether the queue waits for its entries to be read.
    package var isInFetchLine = false
    /// Whether the queue waits for its entries to be executed.
    package var isInLine = false
    /// Bytes that are left of its turn; less than none when the last frame took more.
    package var credit = 0
    /// Reads of entries under way, and how many entries they bring.
    package var fetchCount: UInt8 = 0
    package var underway: UInt16 = 0
    /// Payload bytes of the entry at `WorkQueue.consumed` that have become segments already.
    package var segmentedByteCount = 0
    /// When the doorbell arrived, and when the last read of entries began and ended.
    package var doorbellTime = SimTime.zero
    package var fetchStart = SimTime.zero
    package var fetchEnd = SimTime.zero
    /// Frames of one queue keep their order: none is gathered, or comes out of the pipeline, earlier than these.
    package var lastGathered = SimTime.zero
    package var lastReady = SimTime.zero

    package init() {}
}
