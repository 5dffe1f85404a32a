/// What the interface counted apart from its open channels.
struct InterfaceStatistics {
    var interrupts: UInt64 = 0
    var linkChanges: UInt64 = 0
    var completionQueueErrors: UInt64 = 0
    var workQueueErrors: UInt64 = 0
    /// Channels that were closed since the probe.
    var closed = ChannelCounters()
}
