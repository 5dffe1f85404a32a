/// Operation modifiers of `ACCESS_REG` (native interface, section 7).
public enum RegisterOperation: UInt16, CaseIterable, Sendable {
    case write = 0
    case read = 1
}
