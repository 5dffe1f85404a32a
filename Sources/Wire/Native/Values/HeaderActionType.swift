/// Kinds of header modifications (native interface, section 6.5).
public enum HeaderActionType: UInt8, CaseIterable, Sendable {
    case set = 1
    case add = 2
    case copy = 3
}
