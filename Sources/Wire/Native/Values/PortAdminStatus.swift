/// What was asked of a port: `admin_status` of PAOS (native interface, section 7).
public enum PortAdminStatus: UInt8, CaseIterable, Sendable {
    case up = 1
    case down = 2
}
