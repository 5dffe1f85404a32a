/// What is written to `UAR.cqArm` (native interface, sections 1.4 and 5.4).
@frozen public struct CQDoorbell: RawRepresentable, Sendable, BitwiseCopyable, Equatable {
    /// The eight bytes as a big-endian number.
    public let rawValue: UInt64
    @inlinable public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// Arms `cqn` for a completion at `consumerIndex` or later.
    @inlinable public init(cqn: UInt32, consumerIndex: UInt32, sequenceNumber: UInt32, solicitedOnly: Bool = false) {
        let arm = (sequenceNumber & 3) << 28 | (solicitedOnly ? 1 << 24 : 0) | consumerIndex & 0xff_ffff
        rawValue = UInt64(arm) << 32 | UInt64(cqn & 0xff_ffff)
    }

    /// The first word, of which the doorbell record keeps a copy.
    @inlinable public var armWord: UInt32 { UInt32(rawValue >> 32) }
    /// Offset 0x0 [29:28]: counts the events of the queue.
    @inlinable public var sequenceNumber: UInt32 { armWord >> 28 & 3 }
    /// Offset 0x0 [24].
    @inlinable public var solicitedOnly: Bool { armWord >> 24 & 1 != 0 }
    /// Offset 0x0 [23:0].
    @inlinable public var consumerIndex: UInt32 { armWord & 0xff_ffff }
    /// Offset 0x4 [23:0].
    @inlinable public var cqn: UInt32 { UInt32(truncatingIfNeeded: rawValue) & 0xff_ffff }
}
