/// Counters of PPCNT group 0x10: one priority, `prioTc`.
///
/// The raw value is the offset of the 64-bit counter from the register's start.
public enum PerPriorityCounter: Int, CaseIterable, Sendable {
    case rxOctets = 0x8
    case rxFrames = 0x28
    case txOctets = 0x30
    case txFrames = 0x50
    case rxPause = 0x58
    case rxPauseDuration = 0x60
    case txPause = 0x68
    case txPauseDuration = 0x70
    case rxPauseTransition = 0x78
    case rxDiscards = 0x80
    case deviceStallMinorWatermark = 0x88
    case deviceStallCriticalWatermark = 0x90
}
