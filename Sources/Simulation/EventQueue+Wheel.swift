/// The wheel: buckets, and the bitmap that finds the first one that holds something.
extension EventQueue {
    /// Puts `node` at the head of the bucket of `time`, which the wheel must reach.
    @inlinable @inline(__always)
    mutating func addToWheel(_ node: UInt32, time: UInt64) {
        let bucket = Int(truncatingIfNeeded: time &>> shift) & (bucketCount &- 1)
        let index = bucket &>> 6
        let bit = 1 as UInt64 &<< UInt64(truncatingIfNeeded: bucket)
        let word = words[index]
        nodes[Int(node)].next = word & bit != 0 ? heads[bucket] : EventQueueLimits.none
        heads[bucket] = node
        words[index] = word | bit
        summary[index &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: index)
    }

    /// The earliest bucket that holds something.
    ///
    /// The wheel must not be empty. What is not inlined takes the bitmap instead of the queue: the compiler would pass
    /// it a copy of the queue.
    @inlinable @inline(__always)
    func firstBucket() -> Int {
        let start = Int(truncatingIfNeeded: clock &>> shift) & (bucketCount &- 1)
        let index = start &>> 6
        let bits = words[index] & (UInt64.max &<< UInt64(truncatingIfNeeded: start))
        if bits != 0 { return index &<< 6 | bits.trailingZeroBitCount }
        return Self.firstBucket(afterWord: index, of: words, summary: summary, bucketCount: bucketCount)
    }

    /// The earliest bucket that holds something behind those of word `index` that follow `now`.
    ///
    /// The buckets of that word that precede `now` are the last of the wheel.
    @inlinable @inline(never)
    static func firstBucket(
        afterWord index: Int, of words: UnsafeMutablePointer<UInt64>, summary: UnsafeMutablePointer<UInt64>,
        bucketCount: Int
    ) -> Int {
        let summaryCount = (bucketCount &+ 4095) &>> 12
        var place = index &>> 6
        // Two steps, because a shift by 64 is a shift by nothing.
        var bits = summary[place] & ((UInt64.max &<< UInt64(truncatingIfNeeded: index)) &<< 1)
        var remaining = summaryCount
        while bits == 0 {
            precondition(remaining >= 0, "no bucket holds an event")
            remaining &-= 1
            place = place &+ 1 == summaryCount ? 0 : place &+ 1
            bits = summary[place]
        }
        let word = place &<< 6 | bits.trailingZeroBitCount
        return word &<< 6 | words[word].trailingZeroBitCount
    }

    /// Empties `bucket`, whose nodes are in other hands.
    @inlinable @inline(__always)
    mutating func clearBucket(_ bucket: Int) {
        let index = bucket &>> 6
        let word = words[index] & ~(1 &<< UInt64(truncatingIfNeeded: bucket))
        words[index] = word
        if word == 0 { summary[index &>> 6] &= ~(1 &<< UInt64(truncatingIfNeeded: index)) }
    }

    /// The number of buckets of a wheel for `pending` events, see `review()`.
    @inlinable
    static func fittingBucketCount(for pending: Int) -> Int {
        // Beyond the size of a cache, buckets cost more than neighbours in them.
        let ample = min(EventQueueLimits.bucketsPerEvent * pending, EventQueueLimits.ampleBuckets)
        let wanted = max(ample, EventQueueLimits.fewestBucketsPerEvent * pending)
        var count = EventQueueLimits.fewestBuckets
        while count < EventQueueLimits.mostBuckets, count < wanted { count *= 2 }
        return count
    }
}
