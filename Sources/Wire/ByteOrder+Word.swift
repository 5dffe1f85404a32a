/// Reads and writes for records whose place in the buffer has been checked as a whole.
extension UnsafeRawBufferPointer {
    /// The big-endian 64-bit word at `offset`, which the caller has checked.
    @inlinable func word(at offset: Int) -> UInt64 {
        UInt64(bigEndian: loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
}

extension UnsafeMutableRawBufferPointer {
    /// Stores `word`, big-endian, at `offset`, which the caller has checked.
    @inlinable func store(word: UInt64, at offset: Int) {
        storeBytes(of: word.bigEndian, toByteOffset: offset, as: UInt64.self)
    }
}

extension UInt64 {
    /// The `width` bits whose lowest is bit `low`; `width` is less than 64.
    @inlinable func bits(_ low: UInt64, _ width: UInt64) -> UInt64 { self &>> low & (1 &<< width &- 1) }

    /// Replaces the `width` bits whose lowest is bit `low` by those of `value`, cut to fit; `width` is less than 64.
    @inlinable mutating func setBits(_ low: UInt64, _ width: UInt64, _ value: UInt64) {
        let mask: UInt64 = (1 &<< width &- 1) &<< low
        self = self & ~mask | value &<< low & mask
    }
}
