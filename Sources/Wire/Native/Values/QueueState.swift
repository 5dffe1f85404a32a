/// States of send and receive queues (native interface, section 6.2).
public enum QueueState: UInt8, CaseIterable, Sendable {
    case reset = 0
    case ready = 1
    case error = 3
}
