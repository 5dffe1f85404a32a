/// Fields that `MODIFY_SQ` changes: `modify_bitmask` (native interface, section 6.2).
public struct SQModifyMask: OptionSet, Sendable, BitwiseCopyable {
    public let rawValue: UInt64
    @inlinable public init(rawValue: UInt64) { self.rawValue = rawValue }

    public static let packetPacingRateLimitIndex = SQModifyMask(rawValue: 1 << 0)
    public static let qosQueueGroupID = SQModifyMask(rawValue: 1 << 2)
}
