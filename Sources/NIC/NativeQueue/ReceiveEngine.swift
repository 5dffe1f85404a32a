package import DequeModule
package import Simulation

/// What a receive queue's engine is doing.
package struct ReceiveEngine: Sendable {
    /// A read of the doorbell record is under way, and what it brings.
    package var isReadingRecord = false
    package var record: UInt16 = 0
    /// Frames that have ever waited, and how many had when the read of the record began.
    package var waitedCount: UInt64 = 0
    package var recordMark: UInt64 = 0
    /// Reads of entries under way, how many entries they bring, and when the last of them ends.
    package var fetchCount: UInt8 = 0
    package var underway: UInt16 = 0
    package var fetchEnd = SimTime.zero
    /// Frames that wait for an entry, or for their turn to be written, oldest first.
    package var waiting = Deque<ReceivedFrame>()
    /// Whether the queue waits for its turn.
    package var isInLine = false
    /// Bytes that are left of its turn; less than none when the last frame took more.
    package var credit = 0
    /// When the last completion that was asked for is visible.
    package var lastVisible = SimTime.zero

    package init() {}

    /// Has `frame` wait.
    mutating func wait(_ frame: ReceivedFrame) {
        waiting.append(frame)
        waitedCount &+= 1
    }

    /// The oldest frame that waits, if it was there when the record was read.
    mutating func popBeforeRecord() -> ReceivedFrame? {
        waitedCount &- UInt64(waiting.count) < recordMark ? waiting.popFirst() : nil
    }
}
