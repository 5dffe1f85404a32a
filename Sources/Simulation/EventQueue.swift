/// The events that have not happened yet, ordered by time and, within one time, by order of scheduling.
///
/// The second key makes a run repeatable: two runs of one scenario pop the same events in the same order,
/// and every golden trace rests on that.
///
/// A pending event lies in a pool of nodes, from which nothing is allocated once the pool is large enough, and is
/// known by its node's number in exactly one of three places:
///
/// - the **wheel**: buckets of 2^`shift` ps, each a list, with a bitmap of those that hold something. It reaches
///   `bucketCount` buckets ahead of `now`. Almost every event goes here, is alone in its bucket and is found by
///   counting zero bits.
/// - the **front**: the earliest bucket, sorted, once it was found to hold several events.
/// - the **heap**: whatever is beyond the wheel's reach, and buckets too crowded to be worth sorting.
///
/// The earliest event is the front's (or, without a front, the first bucket's) or the heap's, whichever precedes the
/// other; nothing ever has to move from the heap to the wheel. So the wheel can only be a gain: for the worst choice
/// of times it costs little more than the heap, O(log *n*), and `review()` chooses widths for which it is O(1).
/// Width and reach depend on the events alone, never on a clock, and never on the order in which events pop.
public struct EventQueue<Event: BitwiseCopyable & Sendable>: ~Copyable {
    @usableFromInline
    struct Node: BitwiseCopyable {
        @usableFromInline var time: UInt64
        @usableFromInline var sequence: UInt64
        @usableFromInline var event: Event
        /// The next node of the same bucket, or of the free list.
        @usableFromInline var next: UInt32

        @inlinable
        init(time: UInt64, sequence: UInt64, event: Event, next: UInt32) {
            self.time = time
            self.sequence = sequence
            self.event = event
            self.next = next
        }
    }

    /// The time of the event popped last; never decreases.
    @inlinable public var now: SimTime { SimTime(picoseconds: clock) }
    /// Number of pending events.
    @inlinable public var count: Int { pendingCount }
    @inlinable public var isEmpty: Bool { pendingCount == 0 }

    @usableFromInline var clock: UInt64 = 0
    @usableFromInline var pendingCount = 0
    @usableFromInline var nextSequence: UInt64 = 0

    // The pool.
    @usableFromInline var nodes: UnsafeMutablePointer<Node>
    @usableFromInline var nodeCapacity = 0
    @usableFromInline var freeNode = EventQueueLimits.none

    // The wheel. A bucket's head means something only while the bucket's bit is set.
    @usableFromInline var heads: UnsafeMutablePointer<UInt32>
    @usableFromInline var words: UnsafeMutablePointer<UInt64>
    /// Bit *n* is set if word *n* of the bitmap is not zero.
    @usableFromInline var summary: UnsafeMutablePointer<UInt64>
    @usableFromInline var bucketCount: Int
    @usableFromInline var bucketCapacity: Int
    @usableFromInline var shift: UInt64 = 12

    // The front. Times from `frontStart` on, for `frontSpan` picoseconds, belong to it; zero without a front.
    @usableFromInline var front: UnsafeMutablePointer<UInt32>
    @usableFromInline var frontCapacity: Int
    @usableFromInline var frontHead = 0
    @usableFromInline var frontEnd = 0
    @usableFromInline var frontStart: UInt64 = 0
    @usableFromInline var frontSpan: UInt64 = 0

    // The heap.
    @usableFromInline var heap: UnsafeMutablePointer<EventQueueKey>
    @usableFromInline var heapCapacity: Int
    @usableFromInline var heapCount = 0
    /// The time of the heap's first entry; the latest time there is when the heap is empty.
    @usableFromInline var heapTime = UInt64.max

    // What the last review saw.
    @usableFromInline var reviewSequence: UInt64
    @usableFromInline var samples = EventQueueSamples()

    /// Creates an empty queue with room for `expectedCount` events before its storage must grow.
    @inlinable
    public init(expectedCount: Int) {
        let expected = max(64, expectedCount)
        bucketCount = Self.fittingBucketCount(for: expected)
        bucketCapacity = bucketCount
        heads = .allocate(capacity: bucketCount)
        words = .allocate(capacity: bucketCount / 64)
        words.initialize(repeating: 0, count: bucketCount / 64)
        summary = .allocate(capacity: (bucketCount + 4095) / 4096)
        summary.initialize(repeating: 0, count: (bucketCount + 4095) / 4096)
        frontCapacity = 64
        front = .allocate(capacity: frontCapacity)
        heapCapacity = expected
        heap = .allocate(capacity: heapCapacity)
        reviewSequence = EventQueueLimits.sampleLength
        nodes = .allocate(capacity: expected)
        addNodes(upTo: expected)
    }

    deinit {
        nodes.deallocate()
        heads.deallocate()
        words.deallocate()
        summary.deallocate()
        front.deallocate()
        heap.deallocate()
    }

    /// Schedules `event` to happen at `time`, or now when `time` has passed.
    ///
    /// - Complexity: O(1) for the usual event, O(log *n*) for *n* pending events at worst; amortised.
    @inlinable
    public mutating func schedule(_ event: Event, at time: SimTime) {
        let picoseconds = max(time.picoseconds, clock)
        if freeNode == EventQueueLimits.none { growNodes() }
        let node = freeNode
        let place = nodes + Int(node)
        freeNode = place.pointee.next
        place.pointee.time = picoseconds
        place.pointee.sequence = nextSequence
        place.pointee.event = event
        pendingCount &+= 1
        nextSequence &+= 1
        if picoseconds &- frontStart < frontSpan {
            addToFront(node)
        } else if (picoseconds &>> shift) &- (clock &>> shift) < UInt64(truncatingIfNeeded: bucketCount) {
            addToWheel(node, time: picoseconds)
        } else {
            addToHeap(node)
        }
        if nextSequence == reviewSequence { review() }
    }

    /// Schedules `event` to happen `delay` from now.
    ///
    /// - Complexity: that of `schedule(_:at:)`.
    @inlinable
    public mutating func schedule(_ event: Event, after delay: SimDuration) { schedule(event, at: now + delay) }

    /// Removes the earliest event and moves `now` to its time; `nil` when nothing is pending.
    ///
    /// - Complexity: O(1) for the usual event, O(log *n*) for *n* pending events at worst; amortised.
    @inlinable
    public mutating func popNext() -> Event? { popNext(until: .never) }

    /// Removes the earliest event and moves `now` to its time, if that is not later than `limit`; otherwise `nil`.
    ///
    /// A run loop with an end asks this instead of looking at `nextTime` first: the search is made once.
    ///
    /// - Complexity: that of `popNext()`.
    @inlinable
    public mutating func popNext(until limit: SimTime) -> Event? {
        if frontSpan != 0 {
            let node = front[frontHead]
            let time = nodes[Int(node)].time
            if time < heapTime {
                guard time <= limit.picoseconds else { return nil }
                removeFromFront()
                return finish(node)
            }
        } else if pendingCount != heapCount {
            let bucket = firstBucket()
            let node = heads[bucket]
            let time = nodes[Int(node)].time
            if nodes[Int(node)].next == EventQueueLimits.none, time < heapTime {
                guard time <= limit.picoseconds else { return nil }
                clearBucket(bucket)
                return finish(node)
            }
        }
        return popFromAnywhere(until: limit)
    }

    /// Gives `node` back to the pool and its time to `now`.
    @inlinable @inline(__always)
    mutating func finish(_ node: UInt32) -> Event {
        let place = nodes + Int(node)
        assert(place.pointee.time >= clock, "time ran backwards")
        clock = place.pointee.time
        place.pointee.next = freeNode
        freeNode = node
        pendingCount &-= 1
        return place.pointee.event
    }
}
