/// Groups of port counters: `PPCNT.grp` (native interface, section 7).
public enum PortCounterGroup: UInt8, CaseIterable, Sendable {
    case ieee8023 = 0x0
    case rfc2863 = 0x1
    case rfc2819 = 0x2
    case extended = 0x5
    case perPriority = 0x10
    case perTrafficClass = 0x11
    case physicalLayer = 0x12
    case perTCCongestion = 0x13
    case physicalStatistical = 0x16
    case infiniBand = 0x20
    case infiniBandExtended = 0x21
}
