/// What is written to `UAR.sendDoorbell`: the first eight bytes of a control segment (native interface, section 1.4).
@frozen public struct SendDoorbell: RawRepresentable, Sendable, BitwiseCopyable, Equatable {
    /// The eight bytes as a big-endian number.
    public let rawValue: UInt64
    @inlinable public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// Offset 0x0 [23:8]: counter of the entry's first block.
    @inlinable public var wqeIndex: UInt16 { UInt16(truncatingIfNeeded: rawValue >> 40) }
    /// Offset 0x4 [31:8]: number of the send queue.
    @inlinable public var queueNumber: UInt32 { UInt32(truncatingIfNeeded: rawValue) >> 8 }
}
