/// Capability pages of `QUERY_HCA_CAP` and `SET_HCA_CAP` (native interface, section 4).
public enum HCACapabilityType: UInt16, CaseIterable, Sendable {
    case general = 0
    case ethernetOffloads = 1
    case odp = 2
    case atomic = 3
    case roce = 4
    case ipoib = 5
    case ipoibEnhanced = 6
    case flowTable = 7
    case eswitchFlowTable = 8
    case eswitch = 9
    case qos = 0xc
    case debug = 0xd
    case deviceMemory = 0xf
    case tls = 0x11
    case vdpaEmulation = 0x13
    case deviceEvent = 0x14
    case ipsec = 0x15
    case crypto = 0x1a
    case macsec = 0x1f
    case general2 = 0x20
    case portSelection = 0x25
    case advancedVirtualization = 0x26
}
