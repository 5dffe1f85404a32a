/// Counters of PPCNT group 0x16: physical layer, statistical.
///
/// The raw value is the offset of the 64-bit counter from the register's start.
public enum PhysicalStatisticalCounter: Int, CaseIterable, Sendable {
    case timeSinceLastClear = 0x8
    case phyReceivedBits = 0x10
    case phySymbolErrors = 0x18
    case phyCorrectedBits = 0x20
    case phyCorrectedBitsLane0 = 0x28
    case phyCorrectedBitsLane1 = 0x30
    case phyCorrectedBitsLane2 = 0x38
    case phyCorrectedBitsLane3 = 0x40
}
