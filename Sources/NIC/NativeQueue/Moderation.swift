package import Simulation

/// How far a completion queue has got towards its next event.
package struct Moderation: Sendable, BitwiseCopyable {
    /// Completions since the last event.
    package var count: UInt32 = 0
    /// Counts timers: one that carries an older count is ignored.
    package var generation: UInt16 = 0
    /// Whether a timer is running, and when it was found that an event is due.
    package var isTiming = false
    package var due = SimTime.zero
    /// When the last event was raised.
    package var lastEvent = SimTime.zero

    package init() {}
}
