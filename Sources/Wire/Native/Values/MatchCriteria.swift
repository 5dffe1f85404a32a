/// Which match sets a flow group compares: `match_criteria_enable` (native interface, section 6.5).
public struct MatchCriteria: OptionSet, Sendable, BitwiseCopyable {
    public let rawValue: UInt8
    @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let outer = MatchCriteria(rawValue: 1 << 0)
    public static let misc = MatchCriteria(rawValue: 1 << 1)
    public static let inner = MatchCriteria(rawValue: 1 << 2)
    public static let misc2 = MatchCriteria(rawValue: 1 << 3)
    public static let misc3 = MatchCriteria(rawValue: 1 << 4)
    public static let misc4 = MatchCriteria(rawValue: 1 << 5)
    public static let misc5 = MatchCriteria(rawValue: 1 << 6)
}
