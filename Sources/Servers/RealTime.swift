internal import Glibc
package import Simulation

/// The machine's monotonic clock as simulated time, which it starts with.
package struct RealTime: Sendable {
    private let start: UInt64

    /// A clock that is at zero now.
    package init() { start = Self.nanoseconds }

    /// The present.
    package var now: SimTime { SimTime(picoseconds: (Self.nanoseconds - start) * 1000) }

    private static var nanoseconds: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
