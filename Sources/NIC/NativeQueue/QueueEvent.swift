package import Simulation

/// Something a queue engine was waiting for. Numbers name objects of one function; an epoch is that of the queue when
/// the wait began.
package enum QueueEvent: BitwiseCopyable, Sendable {
    /// A send queue's doorbell record has been read.
    case sendDoorbellRecord(queue: UInt32, epoch: UInt16)
    /// Entries of a send queue have been read.
    case sendEntries(queue: UInt32, epoch: UInt16)
    /// A frame is complete in the send pipeline and goes to the switch.
    case frameReady(FrameID)
    /// A send queue's completion reaches host memory.
    case sendCompletion(slot: UInt32)
    /// A receive queue's doorbell record has been read.
    case receiveDoorbellRecord(queue: UInt32, epoch: UInt16)
    /// Entries of a receive queue have been read.
    case receiveEntries(queue: UInt32, epoch: UInt16)
    /// A received frame and its completion reach host memory.
    case received(job: UInt32)
    /// The oldest entry of an event queue that is under way reaches host memory.
    case eventEntry(queue: UInt32)
    /// A completion queue's moderation period is over.
    case moderationTimer(queue: UInt32, generation: UInt16)
    /// The send scheduler may start another burst.
    case schedule
}
