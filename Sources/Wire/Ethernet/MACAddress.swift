/// A 48-bit Ethernet address.
@frozen public struct MACAddress: RawRepresentable, Sendable, BitwiseCopyable, Hashable {
    @inlinable public static var byteCount: Int { 6 }

    /// The six bytes as a big-endian number; the upper sixteen bits are zero.
    public let rawValue: UInt64

    /// The address of the low 48 bits of `rawValue`.
    @inlinable public init(rawValue: UInt64) { self.rawValue = rawValue & 0xffff_ffff_ffff }

    /// The address `first:…:sixth`.
    @inlinable public init(
        _ first: UInt8, _ second: UInt8, _ third: UInt8, _ fourth: UInt8, _ fifth: UInt8, _ sixth: UInt8
    ) {
        let upper = UInt64(first) << 40 | UInt64(second) << 32 | UInt64(third) << 24
        rawValue = upper | UInt64(fourth) << 16 | UInt64(fifth) << 8 | UInt64(sixth)
    }

    /// The address whose first byte is at `offset`.
    ///
    /// Traps when it does not lie within `bytes`.
    @inlinable public init(decoding bytes: UnsafeRawBufferPointer, at offset: Int = 0) {
        precondition(offset >= 0 && offset &+ Self.byteCount <= bytes.count, "address outside the buffer")
        let upper = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
        rawValue = UInt64(upper) &<< 16 | UInt64(bytes.half(at: offset &+ 4))
    }

    /// Writes the address with its first byte at `offset`.
    ///
    /// Traps when it does not fit.
    @inlinable public func encode(into bytes: UnsafeMutableRawBufferPointer, at offset: Int = 0) {
        bytes.storeBigEndian(UInt32(truncatingIfNeeded: rawValue >> 16), at: offset)
        bytes.storeBigEndian(UInt16(truncatingIfNeeded: rawValue), at: offset + 4)
    }

    @inlinable public static var zero: MACAddress { MACAddress(rawValue: 0) }
    @inlinable public static var broadcast: MACAddress { MACAddress(rawValue: 0xffff_ffff_ffff) }

    /// True for group addresses, the broadcast address among them.
    @inlinable public var isMulticast: Bool { rawValue >> 40 & 1 != 0 }
    @inlinable public var isBroadcast: Bool { rawValue == 0xffff_ffff_ffff }
    /// True for addresses not assigned by a manufacturer.
    @inlinable public var isLocallyAdministered: Bool { rawValue >> 41 & 1 != 0 }
}
