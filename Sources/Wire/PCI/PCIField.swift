/// A field of PCI configuration space: some bits of a little-endian register (PCI Express Base, 7.5).
///
/// Configuration space is little-endian where the native interface is big-endian, hence a type of its own.
public struct PCIField: Sendable, BitwiseCopyable, Hashable {
    /// Offset of the register, in bytes, from the start of configuration space or of the capability.
    public let offset: Int
    /// Bytes of the register: 1, 2 or 4.
    public let byteCount: Int
    /// Number of the field's lowest bit in the register.
    public let low: Int
    /// Number of bits.
    public let width: Int

    /// Bits `high` to `low` of the register of `byteCount` bytes at `offset`.
    @inlinable public init(_ offset: Int, bytes byteCount: Int, _ high: Int, _ low: Int) {
        precondition(offset >= 0 && [1, 2, 4].contains(byteCount) && high < byteCount * 8 && low >= 0 && high >= low)
        self.offset = offset
        self.byteCount = byteCount
        self.low = low
        width = high - low + 1
    }

    /// The whole register of `byteCount` bytes at `offset`.
    @inlinable public init(_ offset: Int, bytes byteCount: Int) {
        self.init(offset, bytes: byteCount, byteCount * 8 - 1, 0)
    }

    /// One bit of the register of `byteCount` bytes at `offset`.
    @inlinable public init(_ offset: Int, bytes byteCount: Int, bit: Int) {
        self.init(offset, bytes: byteCount, bit, bit)
    }

    /// Ones in the field's bits.
    @inlinable public var mask: UInt32 { width == 32 ? .max : ((1 << UInt32(width)) - 1) << UInt32(low) }
}

extension Record {
    /// The value of `field` of the capability that starts at `base`; zero where the record is too short to hold it.
    public func get(_ field: PCIField, at base: Int = 0) -> UInt32 {
        let start = base + field.offset
        guard start >= 0, start + field.byteCount <= bytes.count else { return 0 }
        var register: UInt32 = 0
        for index in (0..<field.byteCount).reversed() { register = register << 8 | UInt32(bytes[start + index]) }
        return (register & field.mask) >> UInt32(field.low)
    }

    /// Stores `value` in `field` of the capability that starts at `base`, leaving the register's other bits as they
    /// are.
    ///
    /// Traps where the record is too short.
    public mutating func set(_ field: PCIField, _ value: UInt32, at base: Int = 0) {
        let start = base + field.offset
        var register: UInt32 = 0
        for index in (0..<field.byteCount).reversed() { register = register << 8 | UInt32(bytes[start + index]) }
        register = register & ~field.mask | (value << UInt32(field.low)) & field.mask
        for index in 0..<field.byteCount {
            bytes[start + index] = UInt8(truncatingIfNeeded: register >> UInt32(8 * index))
        }
    }
}
