/// Clock of a queue's timestamps: `ts_format` (native interface, section 6.2).
public enum TimestampFormat: UInt8, CaseIterable, Sendable {
    case freeRunning = 0
    case `default` = 1
    case realTime = 2
}
