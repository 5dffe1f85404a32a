/// A piece of a packet in host memory, or in the work queue entry itself; 16 bytes (native interface, 5.1 and 5.2).
///
/// Send entries end with a list of these; receive entries are one.
@frozen public struct WQEDataSegment: Sendable, BitwiseCopyable, Equatable {
    @inlinable public static var byteCount: Int { 16 }
    /// The key that ends the list of a receive entry before its stride is full.
    @inlinable public static var endOfListKey: UInt32 { 0x100 }

    @usableFromInline var word0: UInt64 = 0
    @usableFromInline var word1: UInt64 = 0

    /// `byteCount` bytes, at most 2^31 - 1, at `address` of the memory that `lkey` names.
    @inlinable public init(byteCount: UInt32, lkey: UInt32, address: UInt64) {
        word0 = UInt64(byteCount & 0x7fff_ffff) << 32 | UInt64(lkey)
        word1 = address
    }

    /// The entry that ends a list.
    @inlinable public static var endOfList: WQEDataSegment {
        WQEDataSegment(byteCount: 0, lkey: endOfListKey, address: 0)
    }

    /// Offset 0x0 [31]: the bytes follow the first word, padded to 16 bytes.
    @inlinable public var isInline: Bool { word0 >> 63 != 0 }
    /// Offset 0x0: [30:0], or [9:0] when inline.
    @inlinable public var byteCount: UInt32 { UInt32(word0 >> 32) & (isInline ? 0x3ff : 0x7fff_ffff) }
    /// Offset 0x0 [30:0] of a receive entry.
    ///
    /// There, bit 31 does not mean inline data: it allows the device to write whole cache lines around the start of the
    /// frame, and stock Linux sets it in every entry.
    @inlinable public var bufferByteCount: UInt32 { UInt32(word0 >> 32) & 0x7fff_ffff }
    /// Offset 0x4: the memory key; without meaning when inline.
    @inlinable public var lkey: UInt32 { UInt32(truncatingIfNeeded: word0) }
    /// Offset 0x8; without meaning when inline.
    @inlinable public var address: UInt64 { word1 }
    /// True for the entry that ends the list of a receive entry.
    @inlinable public var isEndOfList: Bool { !isInline && lkey == Self.endOfListKey }

    /// Offset of the bytes of inline data from the segment's start.
    @inlinable public static var inlineDataOffset: Int { 4 }
    /// The first word of `byteCount` bytes of inline data, less than 1024.
    @inlinable public static func inlineHeader(byteCount: UInt32) -> UInt32 { 1 << 31 | byteCount & 0x3ff }
    /// Segments of 16 bytes that `byteCount` bytes of inline data occupy with their first word.
    @inlinable public static func segmentCount(forInlineByteCount byteCount: Int) -> Int { (byteCount &+ 4 &+ 15) / 16 }

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
