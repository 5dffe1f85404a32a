/// What a completion queue entry reports (native interface, section 5.3).
public enum CompletionOpcode: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    case requester = 0
    case rdmaWriteImmediate = 1
    /// A message received by SEND, or an Ethernet frame received.
    case send = 2
    case sendImmediate = 3
    case sendInvalidate = 4
    case resize = 5
    case signatureError = 12
    case requesterError = 13
    case responderError = 14
    /// The driver's initial value: nothing was written here yet.
    case invalid = 15
}
