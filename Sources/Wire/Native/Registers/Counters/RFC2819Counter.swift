/// Counters of PPCNT group 2: RFC 2819.
///
/// The raw value is the offset of the 64-bit counter from the register's start.
public enum RFC2819Counter: Int, CaseIterable, Sendable {
    case etherStatsDropEvents = 0x8
    case etherStatsOctets = 0x10
    case etherStatsPkts = 0x18
    case etherStatsBroadcastPkts = 0x20
    case etherStatsMulticastPkts = 0x28
    case etherStatsCRCAlignErrors = 0x30
    case etherStatsUndersizePkts = 0x38
    case etherStatsOversizePkts = 0x40
    case etherStatsFragments = 0x48
    case etherStatsJabbers = 0x50
    case etherStatsCollisions = 0x58
    case etherStatsPkts64Octets = 0x60
    case etherStatsPkts65to127Octets = 0x68
    case etherStatsPkts128to255Octets = 0x70
    case etherStatsPkts256to511Octets = 0x78
    case etherStatsPkts512to1023Octets = 0x80
    case etherStatsPkts1024to1518Octets = 0x88
    case etherStatsPkts1519to2047Octets = 0x90
    case etherStatsPkts2048to4095Octets = 0x98
    case etherStatsPkts4096to8191Octets = 0xa0
    case etherStatsPkts8192to10239Octets = 0xa8
}
