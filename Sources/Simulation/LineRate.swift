/// The speed of an Ethernet line, in bits per second, and what bytes cost on it.
public struct LineRate: Hashable, Sendable, BitwiseCopyable {
    /// Bits per second.
    public var bitsPerSecond: UInt64

    @inlinable public init(bitsPerSecond: UInt64) {
        precondition(bitsPerSecond > 0, "a line without a speed")
        self.bitsPerSecond = bitsPerSecond
    }
    @inlinable public static func gigabits(_ count: UInt64) -> LineRate {
        LineRate(bitsPerSecond: count * 1_000_000_000)
    }

    /// Preamble (7), start delimiter (1) and inter-frame gap (12): bytes a frame costs besides its own.
    @inlinable public static var framingByteCount: Int { 20 }
    /// The frame check sequence, in bytes.
    @inlinable public static var checkByteCount: Int { 4 }
    /// Shortest frame on a line, in bytes, check sequence included (IEEE 802.3, 4.2.3.3).
    @inlinable public static var shortestFrame: Int { 64 }

    /// How long `byteCount` bytes last, rounded up to a picosecond.
    @inlinable public func duration(byteCount: Int) -> SimDuration {
        let bits = UInt64(byteCount) &* 8
        let (high, low) = bits.multipliedFullWidth(by: 1_000_000_000_000)
        let (quotient, remainder) = bitsPerSecond.dividingFullWidth((high, low))
        return .picoseconds(quotient + (remainder == 0 ? 0 : 1))
    }

    /// How long a frame of `byteCount` bytes (without check sequence) keeps a line busy: the frame itself, padded to
    /// the shortest, and the framing that must pass before the next.
    @inlinable public func occupancy(ofFrame byteCount: Int) -> SimDuration {
        duration(byteCount: max(byteCount + Self.checkByteCount, Self.shortestFrame) + Self.framingByteCount)
    }

    /// How long it takes from the first bit of the preamble to the last bit of the check sequence.
    @inlinable public func serialisation(ofFrame byteCount: Int) -> SimDuration {
        duration(byteCount: max(byteCount + Self.checkByteCount, Self.shortestFrame) + 8)
    }
}
