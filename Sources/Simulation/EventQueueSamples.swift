/// The time between events as the event queue measured it lately: the median of a few samples.
///
/// A median, because one long idle time between two bursts says nothing about the bursts.
@usableFromInline
struct EventQueueSamples: BitwiseCopyable {
    @inlinable static var capacity: Int { 8 }

    /// Picoseconds between events, the earliest `count` of them valid and sorted.
    private var gaps = InlineArray<8, UInt64>(repeating: 0)
    private var count = 0
    private var clock: UInt64 = 0
    private var sequence: UInt64 = 0
    private var pendingCount = 0

    @usableFromInline init() {}

    /// Takes a sample; the median of the samples since the last call with an answer, once there are enough.
    @usableFromInline
    mutating func add(clock: UInt64, sequence: UInt64, pendingCount: Int) -> UInt64? {
        let scheduled = Int(truncatingIfNeeded: sequence &- self.sequence)
        let popped = scheduled &+ self.pendingCount &- pendingCount
        let elapsed = clock &- self.clock
        self.clock = clock
        self.sequence = sequence
        self.pendingCount = pendingCount
        // While a queue is being filled the little that pops says nothing about what will pop.
        guard popped >= scheduled / 2, popped > 0 else { return nil }
        insert(elapsed / UInt64(truncatingIfNeeded: popped))
        guard count == Self.capacity else { return nil }
        count = 0
        return gaps[Self.capacity / 2]
    }

    private mutating func insert(_ gap: UInt64) {
        var hole = count
        while hole > 0, gaps[hole - 1] > gap {
            gaps[hole] = gaps[hole - 1]
            hole -= 1
        }
        gaps[hole] = gap
        count += 1
    }
}
