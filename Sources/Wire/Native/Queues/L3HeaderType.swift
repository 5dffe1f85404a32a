/// Network header of a received frame, as a completion tells it (native interface, section 5.3).
public enum L3HeaderType: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    case none = 0
    case ipv6 = 1
    case ipv4 = 2
}
