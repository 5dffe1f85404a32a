/// What is written to `UAR.eqArm` and `UAR.eqUpdate` (native interface, sections 1.4 and 5.4).
@frozen public struct EQDoorbell: RawRepresentable, Sendable, BitwiseCopyable, Equatable {
    /// The four bytes as a big-endian number.
    public let rawValue: UInt32
    @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Tells that entries of `eqn` before `consumerIndex` are consumed.
    @inlinable public init(eqn: UInt8, consumerIndex: UInt32) {
        rawValue = UInt32(eqn) << 24 | consumerIndex & 0xff_ffff
    }

    /// [31:24].
    @inlinable public var eqn: UInt8 { UInt8(rawValue >> 24) }
    /// [23:0].
    @inlinable public var consumerIndex: UInt32 { rawValue & 0xff_ffff }
}
