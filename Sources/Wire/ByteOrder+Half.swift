extension UnsafeRawBufferPointer {
    /// The big-endian 16-bit number at `offset`, which the caller has checked.
    @inlinable func half(at offset: Int) -> UInt16 {
        UInt16(bigEndian: loadUnaligned(fromByteOffset: offset, as: UInt16.self))
    }
}
