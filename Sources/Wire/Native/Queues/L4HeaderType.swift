/// Transport header of a received frame, as a completion tells it (native interface, section 5.3).
public enum L4HeaderType: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    case none = 0
    case tcpNoAck = 1
    case udp = 2
    case tcpAckNoData = 3
    case tcpAckAndData = 4
}
