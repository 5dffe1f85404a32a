import DequeModule
import Simulation

/// Decides which send queue is served next.
///
/// A queue asks for two things, one after the other. Its entries are read from host memory: queues take turns, one
/// burst of entries each, within the number of reads that may be under way. Entries that are here are executed: the
/// queues of a link take turns, so many bytes each, and a queue whose port's buffer is full, or whose vport has sent
/// ahead of its rate, stands aside until that is over. A queue that has more to do after its turn goes to the end of
/// the line, so that no queue of any function waits for more than one turn of every other.
package struct SendScheduler: Sendable {
    /// Queues that have entries to be read.
    var fetchLine = Deque<QueueTurn>()
    /// Reads of entries under way.
    var fetchCount = 0
    /// Queues that have entries to be executed, by the link to their host.
    var lines: [Deque<QueueTurn>]
    /// Queues that have, and whose port's send buffer is full, by port.
    var blocked: [Deque<QueueTurn>]
    /// Queues that have, and whose vport has sent ahead of its rate, by the vport's control.
    var shaped: [Deque<QueueTurn>] = []
    /// Bytes of frames on their way from memory, by link.
    var gathering: [Int]
    /// The link that is served first: they take turns as well.
    var firstLink = 0
    /// When an event will start the scheduler again, if one will.
    var wakeTime: SimTime?

    /// Bytes of a turn.
    static let quantum = 4096
    /// What an entry and a frame cost beside their bytes.
    static let overhead = 64
    /// How far ahead entries are decoded and reads are asked for: beyond it somebody else may have come first.
    static let lookahead = SimDuration.nanoseconds(64)

    package init(linkCount: Int, portCount: Int) {
        lines = Array(repeating: Deque(), count: linkCount)
        gathering = Array(repeating: 0, count: linkCount)
        blocked = Array(repeating: Deque(), count: portCount)
    }

    /// Has `turn` stand aside until its vport, which has number `control`, has kept to its rate.
    mutating func shape(_ turn: QueueTurn, _ control: Int) {
        while shaped.count <= control { shaped.append(Deque()) }
        shaped[control].append(turn)
    }
}
