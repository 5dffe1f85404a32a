/// When a send work queue entry is answered by a completion (native interface, section 5.1).
public enum CompletionMode: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    case onErrorOnly = 0
    case completion = 2
    case completionAndEvent = 3
}
