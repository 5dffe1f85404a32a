/// Parts that a modification of a flow table entry replaces: `modify_enable_mask` (native interface, section 6.5).
public struct FlowEntryModify: OptionSet, Sendable, BitwiseCopyable {
    public let rawValue: UInt8
    @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let action = FlowEntryModify(rawValue: 1 << 0)
    public static let flowTag = FlowEntryModify(rawValue: 1 << 1)
    public static let destinations = FlowEntryModify(rawValue: 1 << 2)
    public static let counters = FlowEntryModify(rawValue: 1 << 3)
    public static let cryptoObject = FlowEntryModify(rawValue: 1 << 4)
}
