// The stores that writing a packet is made of. Safe because callers have asked their output for the room first.
extension UnsafeMutableRawPointer {
    @inline(__always)
    func put<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number, at offset: Int) {
        storeBytes(of: number.littleEndian, toByteOffset: offset, as: Number.self)
    }

    /// Stores the head of a pcapng option.
    @inline(__always)
    func put(_ option: UInt16, length: UInt16, at offset: Int) {
        put(UInt32(option) | UInt32(length) << 16, at: offset)
    }
}
