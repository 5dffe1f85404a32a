/// States of queue pairs (native interface, section 6.7).
public enum QPState: UInt8, CaseIterable, Sendable {
    case reset = 0
    case initialized = 1
    case readyToReceive = 2
    case readyToSend = 3
    case sendQueueError = 4
    case sendQueueDrained = 5
    case error = 6
}
