extension VFIOUser {
    /// Body of DEVICE_GET_INFO and its reply: 16 bytes.
    public struct DeviceInfo: Equatable, Sendable, BitwiseCopyable {
        public static let byteCount = 16

        public var argumentByteCount: UInt32
        public var flags: UInt32
        public var regionCount: UInt32
        public var interruptCount: UInt32

        /// The function understands RESET.
        public static let canReset: UInt32 = 1
        public static let isPCI: UInt32 = 2

        public init(flags: UInt32 = 0, regionCount: UInt32 = 0, interruptCount: UInt32 = 0) {
            argumentByteCount = UInt32(Self.byteCount)
            self.flags = flags
            self.regionCount = regionCount
            self.interruptCount = interruptCount
        }

        /// - Precondition: `body` has at least `byteCount` bytes.
        public init(decoding body: UnsafeRawBufferPointer) {
            argumentByteCount = body.littleEndian(at: 0)
            flags = body.littleEndian(at: 4)
            regionCount = body.littleEndian(at: 8)
            interruptCount = body.littleEndian(at: 12)
        }

        public func encode(into body: UnsafeMutableRawBufferPointer) {
            body.storeLittleEndian(argumentByteCount, at: 0)
            body.storeLittleEndian(flags, at: 4)
            body.storeLittleEndian(regionCount, at: 8)
            body.storeLittleEndian(interruptCount, at: 12)
        }
    }

    /// Body of DEVICE_GET_REGION_INFO and its reply: 32 bytes; no region here has capabilities.
    public struct RegionInfo: Equatable, Sendable, BitwiseCopyable {
        public static let byteCount = 32

        public var argumentByteCount: UInt32
        public var flags: UInt32
        public var index: UInt32
        public var capabilityOffset: UInt32 = 0
        public var size: UInt64
        public var fileOffset: UInt64 = 0

        public static let readable: UInt32 = 1
        public static let writeable: UInt32 = 2

        public init(index: UInt32, flags: UInt32 = 0, size: UInt64 = 0) {
            argumentByteCount = UInt32(Self.byteCount)
            self.flags = flags
            self.index = index
            self.size = size
        }

        /// - Precondition: `body` has at least `byteCount` bytes.
        public init(decoding body: UnsafeRawBufferPointer) {
            argumentByteCount = body.littleEndian(at: 0)
            flags = body.littleEndian(at: 4)
            index = body.littleEndian(at: 8)
            capabilityOffset = body.littleEndian(at: 12)
            size = body.littleEndian(at: 16)
            fileOffset = body.littleEndian(at: 24)
        }

        public func encode(into body: UnsafeMutableRawBufferPointer) {
            body.storeLittleEndian(argumentByteCount, at: 0)
            body.storeLittleEndian(flags, at: 4)
            body.storeLittleEndian(index, at: 8)
            body.storeLittleEndian(capabilityOffset, at: 12)
            body.storeLittleEndian(size, at: 16)
            body.storeLittleEndian(fileOffset, at: 24)
        }
    }

    /// Body of DEVICE_GET_IRQ_INFO and its reply: 16 bytes.
    public struct InterruptInfo: Equatable, Sendable, BitwiseCopyable {
        public static let byteCount = 16

        public var argumentByteCount: UInt32
        public var flags: UInt32
        public var index: UInt32
        public var count: UInt32

        /// The kind can be signalled through eventfds.
        public static let usesDescriptors: UInt32 = 1
        public static let isMaskable: UInt32 = 2
        public static let isMaskedWhenRaised: UInt32 = 4
        /// New vectors need the whole kind to be disabled first.
        public static let cannotGrow: UInt32 = 8

        public init(index: UInt32, flags: UInt32 = 0, count: UInt32 = 0) {
            argumentByteCount = UInt32(Self.byteCount)
            self.flags = flags
            self.index = index
            self.count = count
        }

        /// - Precondition: `body` has at least `byteCount` bytes.
        public init(decoding body: UnsafeRawBufferPointer) {
            argumentByteCount = body.littleEndian(at: 0)
            flags = body.littleEndian(at: 4)
            index = body.littleEndian(at: 8)
            count = body.littleEndian(at: 12)
        }

        public func encode(into body: UnsafeMutableRawBufferPointer) {
            body.storeLittleEndian(argumentByteCount, at: 0)
            body.storeLittleEndian(flags, at: 4)
            body.storeLittleEndian(index, at: 8)
            body.storeLittleEndian(count, at: 12)
        }
    }
}
