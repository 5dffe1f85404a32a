/// Which header field gives a packet's priority: QPTS (native interface, section 7).
public enum TrustState: UInt8, CaseIterable, Sendable {
    case pcp = 1
    case dscp = 2
}
