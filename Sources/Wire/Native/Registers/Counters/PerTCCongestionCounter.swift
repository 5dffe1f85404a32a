/// Counters of PPCNT group 0x13: congestion of one traffic class, `prioTc`.
///
/// The raw value is the offset of the 64-bit counter from the register's start.
public enum PerTCCongestionCounter: Int, CaseIterable, Sendable {
    case wredDiscard = 0x8
    case ecnMarkedTC = 0x10
}
