/// Operation modifiers of `MANAGE_PAGES` (native interface, section 6.9).
public enum ManagePagesKind: UInt16, CaseIterable, Sendable {
    case cannotGive = 0
    case give = 1
    case take = 2
}
