/// One vector of the MSI-X table, 16 bytes, little-endian (PCI Express Base, 7.7.2.4 to 7.7.2.7).
@frozen public struct MSIXTableEntry: Sendable, BitwiseCopyable, Equatable {
    public static let byteCount = 16

    /// Offset 0x0, 8 bytes: where the message is written; the low two bits are zero.
    public var messageAddress: UInt64
    /// Offset 0x8: what is written.
    public var messageData: UInt32
    /// Offset 0xc; bit 0 masks the vector.
    public var vectorControl: UInt32

    /// The entry after reset: masked.
    @inlinable public init(messageAddress: UInt64 = 0, messageData: UInt32 = 0, isMasked: Bool = true) {
        self.messageAddress = messageAddress
        self.messageData = messageData
        vectorControl = isMasked ? 1 : 0
    }

    @inlinable public var isMasked: Bool {
        get { vectorControl & 1 != 0 }
        set { vectorControl = vectorControl & ~1 | (newValue ? 1 : 0) }
    }

    /// The entry whose first byte is at `offset`.
    ///
    /// Traps when it does not lie within `bytes`.
    @inlinable public init(decoding bytes: UnsafeRawBufferPointer, at offset: Int = 0) {
        messageAddress = bytes.littleEndian(at: offset)
        messageData = bytes.littleEndian(at: offset + 8)
        vectorControl = bytes.littleEndian(at: offset + 12)
    }

    /// Writes the entry with its first byte at `offset`.
    ///
    /// Traps when it does not fit.
    @inlinable public func encode(into bytes: UnsafeMutableRawBufferPointer, at offset: Int = 0) {
        bytes.storeLittleEndian(messageAddress, at: offset)
        bytes.storeLittleEndian(messageData, at: offset + 8)
        bytes.storeLittleEndian(vectorControl, at: offset + 12)
    }
}
