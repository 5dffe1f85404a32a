extension VFIOUser {
    /// Beginning of the bodies of REGION_READ and REGION_WRITE and of their replies: 16 bytes, data follow.
    public struct RegionAccess: Equatable, Sendable, BitwiseCopyable {
        public static let byteCount = 16

        public var offset: UInt64
        public var region: UInt32
        /// Bytes of data.
        public var count: UInt32

        public init(offset: UInt64, region: UInt32, count: UInt32) {
            self.offset = offset
            self.region = region
            self.count = count
        }

        /// - Precondition: `body` has at least `byteCount` bytes behind `place`.
        public init(decoding body: UnsafeRawBufferPointer, at place: Int = 0) {
            offset = body.littleEndian(at: place)
            region = body.littleEndian(at: place + 8)
            count = body.littleEndian(at: place + 12)
        }

        public func encode(into body: UnsafeMutableRawBufferPointer) {
            body.storeLittleEndian(offset, at: 0)
            body.storeLittleEndian(region, at: 8)
            body.storeLittleEndian(count, at: 12)
        }
    }

    /// Body of REGION_WRITE_MULTI: a count of 8 bytes, then this for each write: 24 bytes, of which 8 are data.
    public enum MultipleWrite {
        public static let countByteCount = 8
        public static let entryByteCount = 24
        /// Most data of one write.
        public static let mostDataByteCount: UInt32 = 8
    }

    /// Beginning of the bodies of DMA_READ and DMA_WRITE and of their replies: 16 bytes, data follow.
    public struct MemoryAccess: Equatable, Sendable, BitwiseCopyable {
        public static let byteCount = 16

        public var address: UInt64
        /// Bytes of data.
        ///
        /// The reply to a write has only 4 bytes for it.
        public var count: UInt64

        public init(address: UInt64, count: UInt64) {
            self.address = address
            self.count = count
        }

        /// - Precondition: `body` has at least `byteCount` bytes.
        public init(decoding body: UnsafeRawBufferPointer) {
            address = body.littleEndian(at: 0)
            count = body.littleEndian(at: 8)
        }

        public func encode(into body: UnsafeMutableRawBufferPointer) {
            body.storeLittleEndian(address, at: 0)
            body.storeLittleEndian(count, at: 8)
        }
    }
}
