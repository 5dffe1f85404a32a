/// State of a vport's link (native interface, section 6.6).
public enum VportState: UInt8, CaseIterable, Sendable {
    case down = 0
    case up = 1
}
