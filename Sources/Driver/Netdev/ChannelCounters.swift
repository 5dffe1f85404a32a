/// What a channel has done since it was opened: the per-ring lines of `ethtool -S`.
struct ChannelCounters {
    var rxPackets: UInt64 = 0, rxBytes: UInt64 = 0, rxChecksumComplete: UInt64 = 0, rxChecksumUnnecessary: UInt64 = 0
    var rxChecksumNone: UInt64 = 0, rxChecksumWrong: UInt64 = 0, rxRemovedVLAN: UInt64 = 0, rxErrors: UInt64 = 0
    var rxReposts: UInt64 = 0
    var txPackets: UInt64 = 0, txBytes: UInt64 = 0, txAddedVLAN: UInt64 = 0, txTSOPackets: UInt64 = 0
    var txTSOBytes: UInt64 = 0, txChecksumPartial: UInt64 = 0, txChecksumNone: UInt64 = 0, txStopped: UInt64 = 0
    var txWoken: UInt64 = 0, txDropped: UInt64 = 0, txErrors: UInt64 = 0, txCompletions: UInt64 = 0, txNOP: UInt64 = 0
    var txXmitMore: UInt64 = 0, txRecover: UInt64 = 0, rxRecover: UInt64 = 0
    var events: UInt64 = 0, polls: UInt64 = 0, arms: UInt64 = 0, doorbells: UInt64 = 0

    mutating func add(_ other: ChannelCounters) {
        rxPackets += other.rxPackets
        rxBytes += other.rxBytes
        rxChecksumComplete += other.rxChecksumComplete
        rxChecksumUnnecessary += other.rxChecksumUnnecessary
        rxChecksumNone += other.rxChecksumNone
        rxChecksumWrong += other.rxChecksumWrong
        rxRemovedVLAN += other.rxRemovedVLAN
        rxErrors += other.rxErrors
        rxReposts += other.rxReposts
        txPackets += other.txPackets
        txBytes += other.txBytes
        txAddedVLAN += other.txAddedVLAN
        txTSOPackets += other.txTSOPackets
        txTSOBytes += other.txTSOBytes
        txChecksumPartial += other.txChecksumPartial
        txChecksumNone += other.txChecksumNone
        txStopped += other.txStopped
        txWoken += other.txWoken
        txDropped += other.txDropped
        txErrors += other.txErrors
        txCompletions += other.txCompletions
        txNOP += other.txNOP
        txXmitMore += other.txXmitMore
        txRecover += other.txRecover
        rxRecover += other.rxRecover
        events += other.events
        polls += other.polls
        arms += other.arms
        doorbells += other.doorbells
    }
}
