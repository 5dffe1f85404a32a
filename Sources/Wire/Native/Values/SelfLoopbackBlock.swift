/// Packets of the own transport domain that are not delivered: `self_lb_block` (native interface, section 6.3).
public struct SelfLoopbackBlock: OptionSet, Sendable, BitwiseCopyable {
    public let rawValue: UInt8
    @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let unicast = SelfLoopbackBlock(rawValue: 1 << 0)
    public static let multicast = SelfLoopbackBlock(rawValue: 1 << 1)
}
