/// The second segment of an entry of an Ethernet send queue, 16 bytes (native interface, section 5.1).
///
/// Its last word either gives the length of a header that starts in its last two bytes and goes on in the segments
/// after it, or, where no header is inline, asks for a VLAN tag.
@frozen public struct WQEEthernetSegment: Sendable, BitwiseCopyable, Equatable {
    @inlinable public static var byteCount: Int { 16 }
    /// Offset in the segment where an inline header starts.
    @inlinable public static var inlineHeaderOffset: Int { 14 }

    @usableFromInline var word0: UInt64 = 0
    @usableFromInline var word1: UInt64 = 0

    /// All bits zero: no offload, no inline header.
    @inlinable public init() {}

    /// Offset 0x0, first byte: software parser's outer transport header, in units of two bytes; 0 for unused.
    @inlinable public var swpOuterL4Offset: UInt8 {
        get { UInt8(truncatingIfNeeded: word0.bits(56, 8)) }
        set { word0.setBits(56, 8, UInt64(newValue)) }
    }

    /// Offset 0x1: outer network header.
    @inlinable public var swpOuterL3Offset: UInt8 {
        get { UInt8(truncatingIfNeeded: word0.bits(48, 8)) }
        set { word0.setBits(48, 8, UInt64(newValue)) }
    }

    /// Offset 0x2: inner transport header.
    @inlinable public var swpInnerL4Offset: UInt8 {
        get { UInt8(truncatingIfNeeded: word0.bits(40, 8)) }
        set { word0.setBits(40, 8, UInt64(newValue)) }
    }

    /// Offset 0x3: inner network header.
    @inlinable public var swpInnerL3Offset: UInt8 {
        get { UInt8(truncatingIfNeeded: word0.bits(32, 8)) }
        set { word0.setBits(32, 8, UInt64(newValue)) }
    }

    /// Offset 0x4 [31:24]: checksums to compute.
    @inlinable public var checksumFlags: ChecksumOffload {
        get { ChecksumOffload(rawValue: UInt8(truncatingIfNeeded: word0.bits(24, 8))) }
        set { word0.setBits(24, 8, UInt64(newValue.rawValue)) }
    }

    /// Offset 0x4 [23:16]: software parser's header types.
    @inlinable public var swpFlags: UInt8 {
        get { UInt8(truncatingIfNeeded: word0.bits(16, 8)) }
        set { word0.setBits(16, 8, UInt64(newValue)) }
    }

    /// Offset 0x4 [15:0]: payload bytes of each segment; 0 for no segmentation.
    @inlinable public var mss: UInt16 {
        get { UInt16(truncatingIfNeeded: word0.bits(0, 16)) }
        set { word0.setBits(0, 16, UInt64(newValue)) }
    }

    /// Offset 0x8: value of the metadata register A.
    @inlinable public var flowTableMetadata: UInt32 {
        get { UInt32(truncatingIfNeeded: word1.bits(32, 32)) }
        set { word1.setBits(32, 32, UInt64(newValue)) }
    }

    /// Offset 0xc [30:26].
    @inlinable public var trailerFlags: UInt8 {
        get { UInt8(truncatingIfNeeded: word1.bits(26, 5)) }
        set { word1.setBits(26, 5, UInt64(newValue)) }
    }

    /// Offset 0xc [31]: a VLAN tag is to be inserted; then there is no inline header.
    @inlinable public var insertsVLAN: Bool { word1.bits(31, 1) != 0 }
    /// Offset 0xc [16], when a tag is inserted: it is a service tag (0x88a8), not a customer tag (0x8100).
    @inlinable public var isServiceVLAN: Bool { word1.bits(16, 1) != 0 }
    /// Offset 0xc [15:0], when a tag is inserted.
    @inlinable public var vlanTCI: UInt16 { UInt16(truncatingIfNeeded: word1) }

    /// Asks for a VLAN tag.
    @inlinable public mutating func insertVLAN(tci: UInt16, isService: Bool = false) {
        word1.setBits(0, 32, 1 << 31 | (isService ? 1 << 16 : 0) | UInt64(tci))
    }

    /// Offset 0xc [31:16], bytes of header that start at `inlineHeaderOffset`; 0 when a tag is inserted.
    @inlinable public var inlineHeaderByteCount: Int { insertsVLAN ? 0 : Int(word1.bits(16, 10)) }

    /// Sets the length of the inline header, less than 1024, and its first two bytes.
    @inlinable public mutating func setInlineHeader(byteCount: Int, first: UInt16) {
        word1.setBits(0, 32, (UInt64(truncatingIfNeeded: byteCount) & 0x3ff) << 16 | UInt64(first))
    }

    /// Segments of 16 bytes that an inline header occupies after this one: its first two bytes lie in this one.
    @inlinable public static func segmentCount(forInlineHeaderByteCount byteCount: Int) -> Int {
        byteCount <= 2 ? 0 : (byteCount &- 2 &+ 15) / 16
    }

    /// The segment whose first byte is at `offset`.
    ///
    /// Traps when it does not lie within `bytes`.
    @inlinable public init(decoding bytes: UnsafeRawBufferPointer, at offset: Int = 0) {
        precondition(offset >= 0 && offset &+ Self.byteCount <= bytes.count, "segment outside the buffer")
        word0 = bytes.word(at: offset)
        word1 = bytes.word(at: offset &+ 8)
    }

    /// Writes the segment with its first byte at `offset`.
    ///
    /// Traps when it does not fit.
    @inlinable public func encode(into bytes: UnsafeMutableRawBufferPointer, at offset: Int = 0) {
        precondition(offset >= 0 && offset &+ Self.byteCount <= bytes.count, "segment outside the buffer")
        bytes.store(word: word0, at: offset)
        bytes.store(word: word1, at: offset &+ 8)
    }
}
