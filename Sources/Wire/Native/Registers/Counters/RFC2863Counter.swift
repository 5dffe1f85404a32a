/// Counters of PPCNT group 1: RFC 2863.
///
/// The raw value is the offset of the 64-bit counter from the register's start.
public enum RFC2863Counter: Int, CaseIterable, Sendable {
    case ifInOctets = 0x8
    case ifInUcastPkts = 0x10
    case ifInDiscards = 0x18
    case ifInErrors = 0x20
    case ifInUnknownProtos = 0x28
    case ifOutOctets = 0x30
    case ifOutUcastPkts = 0x38
    case ifOutDiscards = 0x40
    case ifOutErrors = 0x48
    case ifInMulticastPkts = 0x50
    case ifInBroadcastPkts = 0x58
    case ifOutMulticastPkts = 0x60
    case ifOutBroadcastPkts = 0x68
}
