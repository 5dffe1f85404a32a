/// Kinds of queues that an asynchronous event names (native interface, section 5.5).
public enum EventQueueType: UInt8, CaseIterable, Sendable {
    case qp = 0
    case rq = 1
    case sq = 2
    case dct = 6
}
