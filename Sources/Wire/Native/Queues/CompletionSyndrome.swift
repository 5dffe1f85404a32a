/// Why a work queue entry failed (native interface, section 5.3).
public enum CompletionSyndrome: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    case localLength = 0x01
    case localQPOperation = 0x02
    case localProtection = 0x04
    case flushed = 0x05
    case memoryWindowBind = 0x06
    case badResponse = 0x10
    case localAccess = 0x11
    case remoteInvalidRequest = 0x12
    case remoteAccess = 0x13
    case remoteOperation = 0x14
    case retryExceeded = 0x15
    case rnrRetryExceeded = 0x16
    case remoteAborted = 0x22
}
