package import Simulation

/// A bounded record of the commands that were executed: the newest, for reports.
package struct CommandLog: Sendable {
    /// One command.
    package struct Entry: Sendable, Equatable {
        /// When its output reached host memory.
        package var time: SimTime
        /// From the doorbell until then.
        package var duration: SimDuration
        package var function: UInt16
        package var slot: UInt8
        package var opcode: UInt16
        package var opMod: UInt16
        package var inputByteCount: UInt32
        package var outputByteCount: UInt32
        /// `DeliveryStatus`, as a number.
        package var delivery: UInt8
        /// `CommandStatus`, as a number.
        package var status: UInt8
        package var syndrome: UInt32
    }

    /// Most entries kept.
    package let limit: Int
    private var ring: [Entry] = []
    private var next = 0
    /// Entries that were overwritten before anyone drained them.
    package private(set) var lostCount: UInt64 = 0

    package init(limit: Int = 4096) {
        precondition(limit > 0)
        self.limit = limit
    }

    /// Number of entries kept.
    package var count: Int { ring.count }

    package mutating func append(_ entry: Entry) {
        guard ring.count == limit else {
            ring.append(entry)
            return
        }
        ring[next] = entry
        next = (next + 1) % limit
        lostCount += 1
    }

    /// The entries kept, oldest first; the log is empty afterwards.
    package mutating func drain() -> [Entry] {
        defer {
            ring.removeAll(keepingCapacity: true)
            next = 0
        }
        return Array(ring[next...] + ring[..<next])
    }
}
