/// The one's complement sum of IP, TCP, UDP and ICMP (RFC 1071).
///
/// Pieces are added in the packet's order; each counts from an even place unless the pieces before it have an odd
/// number of bytes, which the sum keeps track of.
@frozen public struct InternetChecksum: Sendable, BitwiseCopyable {
    /// Sum of the 16-bit words so far, as big-endian numbers, not folded.
    @usableFromInline var accumulator: UInt64 = 0
    /// True when an odd number of bytes was added.
    @usableFromInline var isOdd = false

    @inlinable public init() {}

    /// The sum so far, folded to 16 bits, not inverted.
    @inlinable public var sum: UInt16 { Self.fold(accumulator) }

    /// What stands in a checksum field that was zero while it was added: the inverted sum.
    @inlinable public var checksum: UInt16 { ~sum }

    /// What stands in the checksum field of UDP, where zero says that there is none (RFC 768).
    @inlinable public var udpChecksum: UInt16 { checksum == 0 ? 0xffff : checksum }

    /// True when the sum included a checksum field and everything fits.
    @inlinable public var isValid: Bool { sum == 0xffff }

    /// Adds `count` bytes from `offset`.
    ///
    /// Traps when they do not lie within `bytes`.
    @inlinable public mutating func add(_ bytes: UnsafeRawBufferPointer, from offset: Int, count: Int) {
        let part = Self.sum(of: bytes, from: offset, count: count)
        accumulator &+= UInt64(isOdd ? part.byteSwapped : part)
        if count & 1 != 0 { isOdd.toggle() }
    }

    /// Adds all of `bytes`.
    @inlinable public mutating func add(_ bytes: UnsafeRawBufferPointer) { add(bytes, from: 0, count: bytes.count) }

    /// Adds a 16-bit number at an even place.
    @inlinable public mutating func add(_ value: UInt16) { accumulator &+= UInt64(value) }

    /// Adds a 32-bit number at an even place.
    @inlinable public mutating func add(_ value: UInt32) {
        accumulator &+= UInt64(value >> 16) &+ UInt64(value & 0xffff)
    }

    /// Takes back a 16-bit number that was added at an even place.
    @inlinable public mutating func subtract(_ value: UInt16) { accumulator &+= UInt64(~value) }

    /// One's complement sum, not inverted, of `count` bytes from `offset`, the first at an even place.
    ///
    /// Traps when they do not lie within `bytes`.
    @inlinable public static func sum(of bytes: UnsafeRawBufferPointer, from offset: Int = 0, count: Int) -> UInt16 {
        precondition(offset >= 0 && count >= 0 && offset <= bytes.count &- count, "sum outside the buffer")
        guard count > 0, let base = bytes.baseAddress else { return 0 }
        var total: UInt64 = 0
        var place = base + offset
        // Halves of 32 bits are added without carries: 2^32 of them fit. The byte order is put right once, at the end.
        var left = count
        // Few bytes are added one word at a time, with the carry; many in a loop that the compiler can make wide.
        while left >= 8, count < 256 {
            let (sum, carry) = total.addingReportingOverflow(place.loadUnaligned(as: UInt64.self))
            total = sum &+ (carry ? 1 : 0)
            place += 8
            left &-= 8
        }
        total = (total & 0xffff_ffff) &+ (total &>> 32)
        while left >= 8 {
            let word = place.loadUnaligned(as: UInt64.self)
            total &+= (word & 0xffff_ffff) &+ (word &>> 32)
            place += 8
            left &-= 8
        }
        if left & 4 != 0 {
            total &+= UInt64(place.loadUnaligned(as: UInt32.self))
            place += 4
        }
        if left & 2 != 0 {
            total &+= UInt64(place.loadUnaligned(as: UInt16.self))
            place += 2
        }
        if left & 1 != 0 { total &+= UInt64(UInt16(bigEndian: UInt16(place.load(as: UInt8.self)) &<< 8)) }
        return UInt16(bigEndian: fold(total))
    }

    /// `total` with everything above 16 bits added to what is below.
    @inlinable static func fold(_ total: UInt64) -> UInt16 {
        var value = (total & 0xffff_ffff) &+ (total &>> 32)
        value = (value & 0xffff) &+ (value &>> 16)
        value = (value & 0xffff) &+ (value &>> 16)
        value = (value & 0xffff) &+ (value &>> 16)
        return UInt16(truncatingIfNeeded: value)
    }
}
