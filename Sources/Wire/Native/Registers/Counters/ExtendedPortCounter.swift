/// Counters of PPCNT group 5: Ethernet, extended.
///
/// The raw value is the offset of the 64-bit counter from the register's start.
public enum ExtendedPortCounter: Int, CaseIterable, Sendable {
    case portTransmitWait = 0x8
    case rxBufferAlmostFull = 0x30
    case rxBufferFull = 0x38
    case rxICRCEncapsulated = 0x40
}
