package import DequeModule
package import Simulation

/// What a receive queue's engine is doing.
package struct ReceiveEngine: Sendable {
    /// A read of the doorbell record or of entries is under way.
    package var isBusy = false
    /// Entries that the read under way brings; zero while it is the doorbell record.
    package var underway: UInt16 = 0
    /// Frames that wait for an entry, oldest first.
    package var waiting = Deque<ReceivedFrame>()
    /// Completions of one queue keep their order: none is earlier than this.
    package var lastVisible = SimTime.zero

    package init() {}
}
