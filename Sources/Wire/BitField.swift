/// A field of a big-endian record: some bits of the 32-bit word that starts at a byte offset.
///
/// The native interface's tables give every field as "offset [high:low]", where bit 31 is the first bit of the word.
/// A field is that line of the table as a value; commands, contexts, work queue entries, completions and registers
/// are lists of them, read and written by the two functions below and nowhere else.
public struct BitField: Sendable, BitwiseCopyable, Hashable {
    /// Offset of the word, in bytes from the start of the record.
    public let offset: Int
    /// Number of the field's lowest bit in the word.
    public let low: Int
    /// Number of bits: 1 to 32.
    public let width: Int

    /// The field `offset [high:low]`.
    @inlinable public init(_ offset: Int, _ high: Int, _ low: Int) {
        precondition(offset >= 0 && high < 32 && low >= 0 && high >= low)
        self.offset = offset
        self.low = low
        width = high - low + 1
    }

    /// The one-bit field `offset [bit]`.
    @inlinable public init(_ offset: Int, bit: Int) { self.init(offset, bit, bit) }

    /// The whole word at `offset`.
    @inlinable public init(word offset: Int) { self.init(offset, 31, 0) }

    /// Ones in the field's bits.
    @inlinable public var mask: UInt32 { width == 32 ? .max : ((1 << UInt32(width)) - 1) << UInt32(low) }
}

extension UnsafeRawBufferPointer {
    /// The value of `field` in the record that starts at `base`.
    @inlinable public func get(_ field: BitField, at base: Int = 0) -> UInt32 {
        let word: UInt32 = bigEndian(at: base + field.offset)
        return (word & field.mask) >> UInt32(field.low)
    }
}

extension UnsafeMutableRawBufferPointer {
    /// The value of `field` in the record that starts at `base`.
    @inlinable public func get(_ field: BitField, at base: Int = 0) -> UInt32 {
        UnsafeRawBufferPointer(self).get(field, at: base)
    }

    /// Stores `value`, cut to the field's width, leaving the word's other bits as they are.
    @inlinable public func set(_ field: BitField, _ value: UInt32, at base: Int = 0) {
        let word: UInt32 = bigEndian(at: base + field.offset)
        storeBigEndian(word & ~field.mask | (value << UInt32(field.low)) & field.mask, at: base + field.offset)
    }
}

/// A record of the native interface as it is built or taken apart: bytes that fields are read from and written to.
///
/// For commands, contexts and registers; the per-packet records have structs of their own.
public struct Record: Equatable, Sendable {
    public var bytes: [UInt8]

    /// A record of `byteCount` zero bytes.
    @inlinable public init(byteCount: Int) { bytes = Array(repeating: 0, count: byteCount) }
    @inlinable public init(bytes: [UInt8]) { self.bytes = bytes }

    @inlinable public var byteCount: Int { bytes.count }

    /// The value of `field` of the structure that starts at `base`; zero where the record is too short to hold it.
    @inlinable public func get(_ field: BitField, at base: Int = 0) -> UInt32 {
        let start = base + field.offset
        guard start + 4 <= bytes.count else { return 0 }
        return bytes.withUnsafeBytes { $0.get(field, at: base) }
    }

    /// The 64-bit big-endian number at `offset`; zero where the record is too short to hold it.
    @inlinable public func get64(_ offset: Int) -> UInt64 {
        guard offset + 8 <= bytes.count else { return 0 }
        return bytes.withUnsafeBytes { $0.bigEndian(at: offset) }
    }

    /// Stores `value` in `field` of the structure that starts at `base`.
    ///
    /// Traps where the record is too short.
    @inlinable public mutating func set(_ field: BitField, _ value: UInt32, at base: Int = 0) {
        bytes.withUnsafeMutableBytes { $0.set(field, value, at: base) }
    }

    /// Stores the 64-bit big-endian `value` at `offset`.
    ///
    /// Traps where the record is too short.
    @inlinable public mutating func set64(_ offset: Int, _ value: UInt64) {
        bytes.withUnsafeMutableBytes { $0.storeBigEndian(value, at: offset) }
    }
}
