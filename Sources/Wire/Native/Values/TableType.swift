/// Types of flow tables (native interface, section 6.5).
public enum TableType: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    case nicRX = 0
    case nicTX = 1
    case egressACL = 2
    case ingressACL = 3
    case fdb = 4
    case snifferRX = 5
    case snifferTX = 6
    case rdmaRX = 7
    case rdmaTX = 8
    case portSelection = 9
    case fdbRX = 0xa
    case fdbTX = 0xb
}
