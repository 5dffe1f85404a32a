/// What the event queue's heap orders: when a node is due.
@usableFromInline
struct EventQueueKey: BitwiseCopyable {
    @usableFromInline var time: UInt64
    @usableFromInline var sequence: UInt64
    @usableFromInline var node: UInt32

    @inlinable
    init(time: UInt64, sequence: UInt64, node: UInt32) {
        self.time = time
        self.sequence = sequence
        self.node = node
    }

    @inlinable @inline(__always)
    func precedes(_ other: EventQueueKey) -> Bool {
        time != other.time ? time < other.time : sequence < other.sequence
    }
}

/// Bounds of the event queue that do not depend on the type of its events.
@usableFromInline
enum EventQueueLimits {
    /// No node.
    @inlinable static var none: UInt32 { .max }
    /// Most events pending at once.
    @inlinable static var nodeCount: Int { Int(UInt32.max) - 1 }
    /// Fewest and most buckets of a wheel: powers of two.
    @inlinable static var fewestBuckets: Int { 512 }
    @inlinable static var mostBuckets: Int { 1 << 22 }
    /// Buckets for each pending event.
    ///
    /// The more, the rarer are two events in one bucket, a mispredicted branch each time; with 16 the
    /// hold model is 1.3 times as fast as with 4, and with 32 no faster.
    @inlinable static var bucketsPerEvent: Int { 16 }
    /// Up to so many buckets there are `bucketsPerEvent`, beyond it only `fewestBucketsPerEvent`.
    @inlinable static var ampleBuckets: Int { 1 << 17 }
    @inlinable static var fewestBucketsPerEvent: Int { 4 }
    /// Widest bucket: 2^40 ps, about a second.
    @inlinable static var widestShift: UInt64 { 40 }
    /// Most events that are sorted by insertion, in a new front and in an old one.
    @inlinable static var insertionCount: Int { 24 }
    /// Fewest events scheduled between two samples of the time between events.
    @inlinable static var sampleLength: UInt64 { 256 }
}
