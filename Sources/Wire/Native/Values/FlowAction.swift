/// What a flow table entry does with a packet: `action` (native interface, section 6.5).
public struct FlowAction: OptionSet, Sendable, BitwiseCopyable {
    public let rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    public static let allow = FlowAction(rawValue: 1 << 0)
    public static let drop = FlowAction(rawValue: 1 << 1)
    public static let forward = FlowAction(rawValue: 1 << 2)
    public static let count = FlowAction(rawValue: 1 << 3)
    public static let packetReformat = FlowAction(rawValue: 1 << 4)
    public static let decap = FlowAction(rawValue: 1 << 5)
    public static let modifyHeader = FlowAction(rawValue: 1 << 6)
    public static let vlanPop = FlowAction(rawValue: 1 << 7)
    public static let vlanPush = FlowAction(rawValue: 1 << 8)
    public static let vlanPop2 = FlowAction(rawValue: 1 << 10)
    public static let vlanPush2 = FlowAction(rawValue: 1 << 11)
    public static let decrypt = FlowAction(rawValue: 1 << 12)
    public static let encrypt = FlowAction(rawValue: 1 << 13)
    public static let executeASO = FlowAction(rawValue: 1 << 14)
}
