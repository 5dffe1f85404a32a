/// What the entries of a receive queue table name: `list_q_type` (native interface, section 6.3).
public enum RQTListType: UInt8, CaseIterable, Sendable {
    case rq = 0
    case virtioNetQ = 1
}
