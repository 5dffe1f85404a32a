/// A point in simulated time, in picoseconds since the start of the run.
///
/// Picoseconds, because one byte at 100 Gb/s lasts exactly 80 ps and one 250 MHz cycle exactly 4000 ps.
/// 64 bits of them last 213 days.
public struct SimTime: Comparable, Hashable, Sendable, BitwiseCopyable {
    /// Picoseconds since the start of the run.
    public var picoseconds: UInt64

    @inlinable public init(picoseconds: UInt64) { self.picoseconds = picoseconds }

    /// The start of the run.
    @inlinable public static var zero: SimTime { SimTime(picoseconds: 0) }
    /// A time that no run reaches.
    @inlinable public static var never: SimTime { SimTime(picoseconds: .max) }

    @inlinable public static func < (left: SimTime, right: SimTime) -> Bool { left.picoseconds < right.picoseconds }

    @inlinable public static func + (time: SimTime, delay: SimDuration) -> SimTime {
        SimTime(picoseconds: time.picoseconds &+ delay.picoseconds)
    }

    /// The time from `earlier` to `later`, or zero when `earlier` is the later of the two.
    @inlinable public static func - (later: SimTime, earlier: SimTime) -> SimDuration {
        .picoseconds(later.picoseconds > earlier.picoseconds ? later.picoseconds &- earlier.picoseconds : 0)
    }

    @inlinable public static func += (time: inout SimTime, delay: SimDuration) { time = time + delay }
}

/// A length of simulated time, in picoseconds.
public struct SimDuration: Comparable, Hashable, Sendable, BitwiseCopyable {
    /// Length, in picoseconds.
    public var picoseconds: UInt64

    @inlinable init(count: UInt64) { picoseconds = count }

    /// No time at all.
    @inlinable public static var zero: SimDuration { SimDuration(count: 0) }

    @inlinable public static func picoseconds(_ count: UInt64) -> SimDuration { SimDuration(count: count) }
    @inlinable public static func nanoseconds(_ count: UInt64) -> SimDuration { SimDuration(count: count &* 1000) }
    @inlinable public static func microseconds(_ count: UInt64) -> SimDuration {
        SimDuration(count: count &* 1_000_000)
    }
    @inlinable public static func milliseconds(_ count: UInt64) -> SimDuration {
        SimDuration(count: count &* 1_000_000_000)
    }

    @inlinable public static func < (left: SimDuration, right: SimDuration) -> Bool {
        left.picoseconds < right.picoseconds
    }
    @inlinable public static func + (left: SimDuration, right: SimDuration) -> SimDuration {
        SimDuration(count: left.picoseconds &+ right.picoseconds)
    }
    @inlinable public static func += (left: inout SimDuration, right: SimDuration) { left = left + right }
    @inlinable public static func * (duration: SimDuration, count: Int) -> SimDuration {
        SimDuration(count: duration.picoseconds &* UInt64(truncatingIfNeeded: count))
    }
}
