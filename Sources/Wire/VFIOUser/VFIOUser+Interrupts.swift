extension VFIOUser {
    /// Body of DEVICE_SET_IRQS: 20 bytes, and a byte for each interrupt when `Flags.dataBool` is set.
    public struct InterruptSet: Equatable, Sendable, BitwiseCopyable {
        public static let byteCount = 20

        public var argumentByteCount: UInt32
        public var flags: Flags
        public var index: UInt32
        public var start: UInt32
        public var count: UInt32

        /// One data flag and one action.
        public struct Flags: OptionSet, Sendable, BitwiseCopyable {
            public let rawValue: UInt32
            public init(rawValue: UInt32) { self.rawValue = rawValue }
            /// No data: the action happens, to all when count is zero.
            public static let dataNone = Flags(rawValue: 1)
            /// A byte for each interrupt says whether the action happens.
            public static let dataBool = Flags(rawValue: 1 << 1)
            /// A descriptor for each interrupt, or none at all to take them away.
            public static let dataDescriptor = Flags(rawValue: 1 << 2)
            public static let mask = Flags(rawValue: 1 << 3)
            public static let unmask = Flags(rawValue: 1 << 4)
            public static let trigger = Flags(rawValue: 1 << 5)

            /// Whether there is exactly one data flag, exactly one action and nothing else.
            public var isValid: Bool {
                rawValue & 7 != 0 && (rawValue & 7).nonzeroBitCount == 1
                    && rawValue >> 3 & 7 != 0 && (rawValue >> 3 & 7).nonzeroBitCount == 1 && rawValue >> 6 == 0
            }
        }

        public init(flags: Flags, index: UInt32, start: UInt32, count: UInt32) {
            argumentByteCount = UInt32(Self.byteCount)
            self.flags = flags
            self.index = index
            self.start = start
            self.count = count
        }

        /// - Precondition: `body` has at least `byteCount` bytes.
        public init(decoding body: UnsafeRawBufferPointer) {
            argumentByteCount = body.littleEndian(at: 0)
            flags = Flags(rawValue: body.littleEndian(at: 4))
            index = body.littleEndian(at: 8)
            start = body.littleEndian(at: 12)
            count = body.littleEndian(at: 16)
        }

        public func encode(into body: UnsafeMutableRawBufferPointer) {
            body.storeLittleEndian(argumentByteCount, at: 0)
            body.storeLittleEndian(flags.rawValue, at: 4)
            body.storeLittleEndian(index, at: 8)
            body.storeLittleEndian(start, at: 12)
            body.storeLittleEndian(count, at: 16)
        }
    }
}
