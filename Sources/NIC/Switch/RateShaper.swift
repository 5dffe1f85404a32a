package import Simulation

/// Spaces the frames that a vport sends so that they keep to its rate.
package struct RateShaper: Sendable, BitwiseCopyable {
    /// In Mb/s; zero for no limit.
    package var rate: UInt32 = 0
    /// When the next frame may leave.
    package private(set) var nextTime = SimTime.zero
    /// Bytes of frames that wait for their time.
    package private(set) var backlogByteCount = 0

    /// Bytes that wait while the vport's queues still get turns.
    static let turnLimit = 16 * 1024

    /// Whether the vport's queues may be served.
    var takesMore: Bool { rate == 0 || backlogByteCount < Self.turnLimit }

    /// When a frame of `byteCount` bytes, without FCS, that is there at `now` may leave.
    mutating func admit(_ byteCount: Int, at now: SimTime) -> SimTime {
        guard rate > 0 else { return now }
        let time = max(now, nextTime)
        nextTime = time + .picoseconds(UInt64(byteCount + 4) * 8_000_000 / UInt64(rate))
        if time > now { backlogByteCount += byteCount }
        return time
    }

    /// A frame that had to wait has left, or ended.
    mutating func release(_ byteCount: Int) { backlogByteCount -= byteCount }
}
