/// Profiles of `TEARDOWN_HCA` (native interface, section 3.5).
public enum TeardownProfile: UInt16, CaseIterable, Sendable {
    case graceful = 0
    case force = 1
    case fast = 2
}
