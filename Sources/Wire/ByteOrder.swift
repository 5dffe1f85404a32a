/// A place to read and write integers of a stated byte order: a span of bytes, or a buffer someone vouches for.
extension UnsafeRawBufferPointer {
    /// The big-endian integer whose first byte is at `offset`.
    ///
    /// Traps when it does not lie within the buffer.
    @inlinable
    public func bigEndian<Value: FixedWidthInteger & BitwiseCopyable>(
        at offset: Int, as type: Value.Type = Value.self
    ) -> Value {
        precondition(offset >= 0 && offset &+ MemoryLayout<Value>.size <= count, "read outside the buffer")
        return Value(bigEndian: loadUnaligned(fromByteOffset: offset, as: Value.self))
    }

    /// The little-endian integer whose first byte is at `offset`.
    ///
    /// Traps when it does not lie within the buffer.
    @inlinable
    public func littleEndian<Value: FixedWidthInteger & BitwiseCopyable>(
        at offset: Int, as type: Value.Type = Value.self
    ) -> Value {
        precondition(offset >= 0 && offset &+ MemoryLayout<Value>.size <= count, "read outside the buffer")
        return Value(littleEndian: loadUnaligned(fromByteOffset: offset, as: Value.self))
    }
}

extension UnsafeMutableRawBufferPointer {
    /// The big-endian integer whose first byte is at `offset`.
    ///
    /// Traps when it does not lie within the buffer.
    @inlinable
    public func bigEndian<Value: FixedWidthInteger & BitwiseCopyable>(
        at offset: Int, as type: Value.Type = Value.self
    ) -> Value {
        UnsafeRawBufferPointer(self).bigEndian(at: offset)
    }

    /// Stores `value`, big-endian, with its first byte at `offset`.
    ///
    /// Traps when it does not fit.
    @inlinable
    public func storeBigEndian<Value: FixedWidthInteger & BitwiseCopyable>(_ value: Value, at offset: Int) {
        precondition(offset >= 0 && offset &+ MemoryLayout<Value>.size <= count, "write outside the buffer")
        storeBytes(of: value.bigEndian, toByteOffset: offset, as: Value.self)
    }

    /// Stores `value`, little-endian, with its first byte at `offset`.
    ///
    /// Traps when it does not fit.
    @inlinable
    public func storeLittleEndian<Value: FixedWidthInteger & BitwiseCopyable>(_ value: Value, at offset: Int) {
        precondition(offset >= 0 && offset &+ MemoryLayout<Value>.size <= count, "write outside the buffer")
        storeBytes(of: value.littleEndian, toByteOffset: offset, as: Value.self)
    }
}

/// Parts of a buffer, without going through a slice.
extension UnsafeRawBufferPointer {
    /// The `count` bytes from `offset` on.
    ///
    /// Traps when they do not lie within the buffer.
    @inlinable @inline(__always)
    public func piece(from offset: Int, count: Int) -> UnsafeRawBufferPointer {
        precondition(offset >= 0 && count >= 0 && offset <= self.count &- count, "piece outside the buffer")
        return UnsafeRawBufferPointer(start: baseAddress.map { $0 + offset }, count: count)
    }

    /// The bytes from `offset` to the end.
    ///
    /// Traps when `offset` lies behind the end.
    @inlinable @inline(__always)
    public func piece(from offset: Int) -> UnsafeRawBufferPointer { piece(from: offset, count: count &- offset) }
}

extension UnsafeMutableRawBufferPointer {
    /// The `count` bytes from `offset` on.
    ///
    /// Traps when they do not lie within the buffer.
    @inlinable @inline(__always)
    public func piece(from offset: Int, count: Int) -> UnsafeMutableRawBufferPointer {
        precondition(offset >= 0 && count >= 0 && offset <= self.count &- count, "piece outside the buffer")
        return UnsafeMutableRawBufferPointer(start: baseAddress.map { $0 + offset }, count: count)
    }

    /// The bytes from `offset` to the end.
    ///
    /// Traps when `offset` lies behind the end.
    @inlinable @inline(__always)
    public func piece(from offset: Int) -> UnsafeMutableRawBufferPointer {
        piece(from: offset, count: count &- offset)
    }
}
