extension VFIOUser {
    /// Body of DMA_MAP: 32 bytes.
    public struct Map: Equatable, Sendable, BitwiseCopyable {
        public static let byteCount = 32

        public var argumentByteCount: UInt32
        /// Bit 0: the function may read; bit 1: it may write.
        public var flags: UInt32
        /// Where the window begins in the file that comes with the message.
        public var fileOffset: UInt64
        /// The window's first address as the function sees it.
        public var address: UInt64
        public var size: UInt64

        public static let readable: UInt32 = 1
        public static let writeable: UInt32 = 2

        public init(flags: UInt32, fileOffset: UInt64, address: UInt64, size: UInt64) {
            argumentByteCount = UInt32(Self.byteCount)
            self.flags = flags
            self.fileOffset = fileOffset
            self.address = address
            self.size = size
        }

        /// - Precondition: `body` has at least `byteCount` bytes.
        public init(decoding body: UnsafeRawBufferPointer) {
            argumentByteCount = body.littleEndian(at: 0)
            flags = body.littleEndian(at: 4)
            fileOffset = body.littleEndian(at: 8)
            address = body.littleEndian(at: 16)
            size = body.littleEndian(at: 24)
        }

        public func encode(into body: UnsafeMutableRawBufferPointer) {
            body.storeLittleEndian(argumentByteCount, at: 0)
            body.storeLittleEndian(flags, at: 4)
            body.storeLittleEndian(fileOffset, at: 8)
            body.storeLittleEndian(address, at: 16)
            body.storeLittleEndian(size, at: 24)
        }
    }

    /// Body of DMA_UNMAP, and of its reply: 24 bytes.
    public struct Unmap: Equatable, Sendable, BitwiseCopyable {
        public static let byteCount = 24

        public var argumentByteCount: UInt32
        public var flags: UInt32
        public var address: UInt64
        public var size: UInt64

        /// Flag (`VFIO_DMA_UNMAP_FLAG_ALL`): every window goes, address and size are zero.
        public static let all: UInt32 = 2

        public init(flags: UInt32 = 0, address: UInt64, size: UInt64) {
            argumentByteCount = UInt32(Self.byteCount)
            self.flags = flags
            self.address = address
            self.size = size
        }

        /// - Precondition: `body` has at least `byteCount` bytes.
        public init(decoding body: UnsafeRawBufferPointer) {
            argumentByteCount = body.littleEndian(at: 0)
            flags = body.littleEndian(at: 4)
            address = body.littleEndian(at: 8)
            size = body.littleEndian(at: 16)
        }

        public func encode(into body: UnsafeMutableRawBufferPointer) {
            body.storeLittleEndian(argumentByteCount, at: 0)
            body.storeLittleEndian(flags, at: 4)
            body.storeLittleEndian(address, at: 8)
            body.storeLittleEndian(size, at: 16)
        }
    }
}
