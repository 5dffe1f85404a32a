/// What a flow table does with a packet no entry matches (native interface, section 6.5).
public enum TableMissAction: UInt8, CaseIterable, Sendable {
    case `default` = 0
    case forwardToTable = 1
    case switchDomain = 2
}
