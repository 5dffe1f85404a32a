extension VFIOUser {
    /// What every message begins with: 16 bytes.
    public struct Header: Equatable, Sendable, BitwiseCopyable {
        public static let byteCount = 16

        /// The sender's number for the message, which its reply repeats.
        public var messageID: UInt16
        /// A `Command`, or what a stranger sent.
        public var command: UInt16
        /// Length of the whole message, header included.
        public var byteCount: UInt32
        public var flags: Flags
        /// An `errno` value in a reply with `Flags.error`; zero otherwise.
        public var error: UInt32

        /// Bits 3 to 0 are the type, 0 for a command.
        public struct Flags: OptionSet, Sendable, BitwiseCopyable {
            public let rawValue: UInt32
            public init(rawValue: UInt32) { self.rawValue = rawValue }
            public static let reply = Flags(rawValue: 1)
            public static let noReply = Flags(rawValue: 1 << 4)
            public static let error = Flags(rawValue: 1 << 5)
            /// The message type, of which 0 and 1 exist.
            public var type: UInt32 { rawValue & 15 }
        }

        public init(messageID: UInt16, command: UInt16, byteCount: Int, flags: Flags = [], error: UInt32 = 0) {
            self.messageID = messageID
            self.command = command
            self.byteCount = UInt32(truncatingIfNeeded: byteCount)
            self.flags = flags
            self.error = error
        }

        /// Reads the header at the start of `bytes`.
        public init(decoding bytes: UnsafeRawBufferPointer) {
            messageID = bytes.littleEndian(at: 0)
            command = bytes.littleEndian(at: 2)
            byteCount = bytes.littleEndian(at: 4)
            flags = Flags(rawValue: bytes.littleEndian(at: 8))
            error = bytes.littleEndian(at: 12)
        }

        /// Writes the header at the start of `bytes`.
        public func encode(into bytes: UnsafeMutableRawBufferPointer) {
            bytes.storeLittleEndian(messageID, at: 0)
            bytes.storeLittleEndian(command, at: 2)
            bytes.storeLittleEndian(byteCount, at: 4)
            bytes.storeLittleEndian(flags.rawValue, at: 8)
            bytes.storeLittleEndian(error, at: 12)
        }
    }
}
