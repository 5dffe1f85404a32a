/// How a memory key translates: `access_mode_4_2` above `access_mode_1_0` (native interface, section 6.4).
public enum AccessMode: UInt8, CaseIterable, Sendable {
    case pa = 0
    case mtt = 1
    case klm = 2
    case ksm = 3
    case swICM = 4
    case memic = 5
    case crossing = 6
}
