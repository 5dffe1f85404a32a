/// Packet reformats (native interface, section 6.5).
public enum ReformatType: UInt8, CaseIterable, Sendable {
    case l2ToVXLAN = 0
    case l2ToNVGRE = 1
    case l2ToL2Tunnel = 2
    case l3TunnelToL2 = 3
    case l2ToL3Tunnel = 4
    case insertHeader = 0xf
    case removeHeader = 0x10
    case addMACsec = 0x11
    case removeMACsec = 0x12
}
