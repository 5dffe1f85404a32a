/// Choosing the wheel's width and reach.
///
/// With *n* events pending and a gap *g* between events, an event waits *n g* on average (Little's law). With 16 *n*
/// buckets as wide as an eighth to a quarter of *g*, most events are alone in theirs and the wheel reaches at least
/// twice the mean wait.
extension EventQueue {
    /// Takes a sample, and rebuilds the wheel if it no longer fits.
    @inlinable @inline(never)
    mutating func review() {
        let interval = max(
            EventQueueLimits.sampleLength, UInt64(truncatingIfNeeded: pendingCount / EventQueueSamples.capacity))
        reviewSequence = nextSequence &+ interval
        let gap = samples.add(clock: clock, sequence: nextSequence, pendingCount: pendingCount)
        let wanted = Self.fittingBucketCount(for: pendingCount)
        var newCount = bucketCount
        // A wheel too small is replaced at once, one too large only when it is much too large.
        if wanted > bucketCount || (gap != nil && wanted < bucketCount / 4) { newCount = wanted }
        var newShift = shift
        if let gap { newShift = fittingShift(gap: gap, bucketCount: newCount) }
        if newCount != bucketCount || newShift != shift { rebuild(bucketCount: newCount, shift: newShift) }
    }

    /// The width for events `gap` apart, in `bucketCount` buckets: the one there is while it is about right.
    @inlinable
    func fittingShift(gap: UInt64, bucketCount: Int) -> UInt64 {
        // So many events that the wheel has fewer buckets than it should: wider ones, for the sake of the reach.
        let crowding = max(1, EventQueueLimits.bucketsPerEvent * pendingCount / bucketCount)
        let (width, isTooWide) = (gap / 4).multipliedReportingOverflow(by: UInt64(truncatingIfNeeded: crowding))
        let current = 1 as UInt64 &<< shift
        if !isTooWide, width >= current - current / 4, width < 3 * current { return shift }
        guard !isTooWide else { return EventQueueLimits.widestShift }
        return width == 0 ? 0 : min(63 - UInt64(width.leadingZeroBitCount), EventQueueLimits.widestShift)
    }

    /// Gives the wheel another shape and puts everything that it now reaches into it.
    ///
    /// - Complexity: O(*n* + buckets), which `review()` pays at most once in *n* events, but for growth.
    @inlinable @inline(never)
    mutating func rebuild(bucketCount newCount: Int, shift newShift: UInt64) {
        var chain = takeFrontAndWheel()
        if newCount > bucketCapacity {
            heads.deallocate()
            words.deallocate()
            summary.deallocate()
            heads = .allocate(capacity: newCount)
            words = .allocate(capacity: newCount / 64)
            summary = .allocate(capacity: (newCount + 4095) / 4096)
            words.initialize(repeating: 0, count: newCount / 64)
            summary.initialize(repeating: 0, count: (newCount + 4095) / 4096)
            bucketCapacity = newCount
        }
        bucketCount = newCount
        shift = newShift
        while chain != EventQueueLimits.none {
            let node = chain
            chain = nodes[Int(node)].next
            if !addIfReached(node) { addToHeap(node) }
        }
        moveReachedFromHeap()
    }

    /// Empties front and wheel into one list, in which events of one time are in the order of scheduling.
    @inlinable
    mutating func takeFrontAndWheel() -> UInt32 {
        var chain = EventQueueLimits.none
        while frontEnd > frontHead {
            frontEnd -= 1
            nodes[Int(front[frontEnd])].next = chain
            chain = front[frontEnd]
        }
        frontHead = 0
        frontEnd = 0
        frontSpan = 0
        for index in 0..<bucketCount / 64 {
            var bits = words[index]
            words[index] = 0
            while bits != 0 {
                var node = heads[index << 6 | bits.trailingZeroBitCount]
                bits &= bits - 1
                while node != EventQueueLimits.none {
                    let next = nodes[Int(node)].next
                    nodes[Int(node)].next = chain
                    chain = node
                    node = next
                }
            }
        }
        summary.update(repeating: 0, count: (bucketCount + 4095) / 4096)
        return chain
    }

    @inlinable
    mutating func addIfReached(_ node: UInt32) -> Bool {
        let time = nodes[Int(node)].time
        guard (time &>> shift) &- (clock &>> shift) < UInt64(truncatingIfNeeded: bucketCount) else { return false }
        addToWheel(node, time: time)
        return true
    }

    @inlinable
    mutating func moveReachedFromHeap() {
        var kept = 0
        for index in 0..<heapCount where !addIfReached(heap[index].node) {
            heap[kept] = heap[index]
            kept += 1
        }
        heapCount = kept
        for index in (0..<kept / 2).reversed() { siftDown(heap[index], from: index) }
        heapTime = kept == 0 ? .max : heap[0].time
    }
}
