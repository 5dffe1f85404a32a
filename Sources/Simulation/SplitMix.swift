/// Seeded random numbers: the same seed gives the same numbers on every machine and Swift version.
///
/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014: SplitMix64.
public struct SplitMix: Sendable, BitwiseCopyable {
    @usableFromInline var state: UInt64

    @inlinable public init(seed: UInt64) { state = seed }

    /// The next 64 random bits.
    @inlinable public mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// A number in `0..<bound`, which must not be empty.
    ///
    /// It is the high half of a 64 × 64-bit product, so that the result does not depend on the standard library's
    /// choice of method.
    @inlinable public mutating func next(below bound: UInt64) -> UInt64 { next().multipliedFullWidth(by: bound).high }
}

extension SplitMix: RandomNumberGenerator {}
