/// What starts the moderation period: `cq_period_mode` (native interface, section 6.1).
public enum CQPeriodMode: UInt8, CaseIterable, Sendable {
    case fromEQE = 0
    case fromCQE = 1
}
