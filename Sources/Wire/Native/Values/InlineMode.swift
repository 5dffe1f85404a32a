/// Headers that a send entry must carry inline: `min_wqe_inline_mode` (native interface, section 6.2).
public enum InlineMode: UInt8, CaseIterable, Sendable {
    case none = 0
    case l2 = 1
    case ip = 2
    case tcpUDP = 3
}
