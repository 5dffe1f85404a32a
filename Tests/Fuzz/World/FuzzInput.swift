import Simulation

/// The bytes that decide what a program does: the fuzzer's, or those of a seed.
///
/// Reading past the end gives zeros, so that every input is a program.
package struct FuzzInput {
    package let bytes: [UInt8]
    private var position = 0

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// `byteCount` bytes drawn from `seed`.
    package init(seed: UInt64, byteCount: Int) {
        var random = SplitMix(seed: seed)
        bytes = (0..<byteCount).map { _ in UInt8(truncatingIfNeeded: random.next() >> 40) }
    }

    package var isAtEnd: Bool { position >= bytes.count }

    package mutating func byte() -> UInt8 {
        guard position < bytes.count else { return 0 }
        defer { position += 1 }
        return bytes[position]
    }

    /// A number in `0..<bound`, of one byte of input.
    package mutating func below(_ bound: Int) -> Int { Int(byte()) % bound }

    package mutating func half() -> UInt16 { UInt16(byte()) << 8 | UInt16(byte()) }
    package mutating func word() -> UInt32 { UInt32(half()) << 16 | UInt32(half()) }
    package mutating func long() -> UInt64 { UInt64(word()) << 32 | UInt64(word()) }
    package mutating func take(_ count: Int) -> [UInt8] { (0..<count).map { _ in byte() } }

    /// A number as drivers get them wrong: small, a single bit, near a limit, or anything.
    package mutating func number() -> UInt32 {
        switch below(6) {
        case 0: 0
        case 1: UInt32(byte())
        case 2: 1 << UInt32(byte() & 31)
        case 3: UInt32.max << UInt32(byte() & 31)
        case 4: UInt32(half())
        default: word()
        }
    }
}
