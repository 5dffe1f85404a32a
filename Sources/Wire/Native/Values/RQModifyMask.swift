/// Fields that `MODIFY_RQ` changes: `modify_bitmask` (native interface, section 6.2).
public struct RQModifyMask: OptionSet, Sendable, BitwiseCopyable {
    public let rawValue: UInt64
    @inlinable public init(rawValue: UInt64) { self.rawValue = rawValue }

    public static let vsd = RQModifyMask(rawValue: 1 << 1)
    public static let scatterFCS = RQModifyMask(rawValue: 1 << 2)
    public static let counterSetID = RQModifyMask(rawValue: 1 << 3)
}
