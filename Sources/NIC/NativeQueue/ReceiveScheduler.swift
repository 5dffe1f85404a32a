import DequeModule
import Simulation

/// Decides which receive queue's frames are written next, while the link does not take them as they come.
///
/// A frame that finds the link's writes up to date goes out at once. Otherwise it waits in the port's buffer, and the
/// queues of a link take turns, so many bytes each: one that is flooded delays the others, and the completions of
/// other subsystems, by no more than a turn.
package struct ReceiveScheduler: Sendable {
    /// Queues whose frames wait for the link, by link.
    var lines: [Deque<QueueTurn>]
    /// Whether an event will go on with the line, by link.
    var isWaking: [Bool]

    /// Bytes of a turn.
    static let quantum = 4096
    /// What a frame costs beside its bytes.
    static let overhead = 64
    /// How far writes may be behind before frames wait.
    static let lookahead = SimDuration.nanoseconds(256)

    package init(linkCount: Int) {
        lines = Array(repeating: Deque(), count: linkCount)
        isWaking = Array(repeating: false, count: linkCount)
    }
}
