/// State of a port: `oper_status` of PAOS (native interface, section 7).
public enum PortOperStatus: UInt8, CaseIterable, Sendable {
    case up = 1
    case down = 2
}
