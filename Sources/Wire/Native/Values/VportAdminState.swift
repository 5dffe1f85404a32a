/// What was asked of a vport's link (native interface, section 6.6).
public enum VportAdminState: UInt8, CaseIterable, Sendable {
    case down = 0
    case up = 1
    case auto = 2
}
