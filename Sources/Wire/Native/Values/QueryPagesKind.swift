/// Operation modifiers of `QUERY_PAGES` (native interface, section 6.9).
public enum QueryPagesKind: UInt16, CaseIterable, Sendable {
    case boot = 1
    case initialization = 2
    case regular = 3
}
