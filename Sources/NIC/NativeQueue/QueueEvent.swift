package import Simulation

/// Something a queue engine was waiting for.
///
/// Numbers name objects of one function; an epoch is that of the queue when the wait began.
package enum QueueEvent: BitwiseCopyable, Sendable {
    /// A send queue's doorbell record has been read, and with it `count` entries.
    case sendDoorbellRecord(queue: UInt32, epoch: UInt16, count: UInt16)
    /// `count` entries of a send queue have been read.
    case sendEntries(queue: UInt32, epoch: UInt16, count: UInt16)
    /// A frame is complete in the send pipeline and goes to the switch, and its entry may be complete with it.
    case frameReady(FrameID, queue: UInt32, epoch: UInt16, SendCompletion)
    /// A frame that waited for its vport's rate goes to the switch.
    case frameReleased(FrameID, queue: UInt32)
    /// A send queue's completion, of an entry without frames or of one that failed, is due.
    case sendCompletion(queue: UInt32, epoch: UInt16, SendCompletion)
    /// The entries left in a send queue in error are completed.
    case sendFlush(queue: UInt32, epoch: UInt16)
    /// A receive queue's doorbell record has been read.
    case receiveDoorbellRecord(queue: UInt32, epoch: UInt16)
    /// Entries of a receive queue have been read.
    case receiveEntries(queue: UInt32, epoch: UInt16, count: UInt16)
    /// A received frame and its completion reach host memory.
    case received(job: UInt32)
    /// The oldest completion of a queue that is under way reaches host memory.
    case completionEntry(queue: UInt32, life: UInt16)
    /// The entries left in a receive queue in error are completed.
    case receiveFlush(queue: UInt32, epoch: UInt16)
    /// The oldest entry of an event queue that is under way reaches host memory.
    case eventEntry(queue: UInt32, life: UInt16)
    /// The interrupt of an event queue is to be sent.
    case interrupt(queue: UInt32, life: UInt16)
    /// A completion queue's moderation period is over.
    case moderationTimer(queue: UInt32, generation: UInt16)
}

/// What a send queue's completion says.
package struct SendCompletion: BitwiseCopyable, Sendable {
    package var wqeCounter: UInt16
    package var opcode: UInt8
    /// The syndrome; zero for success.
    package var syndrome: UInt8 = 0
    /// Whether there is to be one.
    package var isWanted: Bool
    package var asksForEvent: Bool

    /// None is wanted.
    package static let none = SendCompletion(wqeCounter: 0, opcode: 0, isWanted: false, asksForEvent: false)
}
