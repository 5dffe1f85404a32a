/// The front: the earliest bucket, sorted.
extension EventQueue {
    @inlinable @inline(__always)
    mutating func removeFromFront() {
        frontHead &+= 1
        guard frontHead == frontEnd else { return }
        frontHead = 0
        frontEnd = 0
        frontSpan = 0
    }

    /// Puts `node`, which is the one scheduled last, where it belongs in the front; or into the heap if that would
    /// move many others.
    @inlinable @inline(never)
    mutating func addToFront(_ node: UInt32) {
        let time = nodes[Int(node)].time
        var hole = frontEnd
        if nodes[Int(front[hole - 1])].time > time, frontEnd - frontHead > EventQueueLimits.insertionCount {
            addToHeap(node)
            return
        }
        if hole == frontCapacity {
            makeRoomInFront()
            hole = frontEnd
        }
        while hole > frontHead, nodes[Int(front[hole - 1])].time > time {
            front[hole] = front[hole - 1]
            hole -= 1
        }
        front[hole] = node
        frontEnd += 1
    }

    /// Makes room for at least one more: by moving down, if half the room was used up by popped ones.
    @inlinable @inline(never)
    mutating func makeRoomInFront() {
        let kept = frontEnd - frontHead
        if frontHead < frontCapacity / 2 {
            let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: frontCapacity * 2)
            larger.update(from: front + frontHead, count: kept)
            front.deallocate()
            front = larger
            frontCapacity *= 2
        } else {
            front.update(from: front + frontHead, count: kept)
        }
        frontHead = 0
        frontEnd = kept
    }

    /// Makes the first bucket, `bucket`, the front; or moves its events into the heap if they are many and unsorted.
    @inlinable @inline(never)
    mutating func openFront(_ bucket: Int) {
        assert(frontSpan == 0, "there is a front already")
        let first = heads[bucket]
        let end = nodes[Int(first)].time | (1 &<< shift &- 1)
        clearBucket(bucket)
        var node = first
        while node != EventQueueLimits.none {
            if frontEnd == frontCapacity { makeRoomInFront() }
            front[frontEnd] = node
            frontEnd += 1
            node = nodes[Int(node)].next
        }
        reverseFront()  // A bucket's list begins with what was scheduled last.
        guard sortFront() else {
            for index in 0..<frontEnd { addToHeap(front[index]) }
            frontEnd = 0
            return
        }
        frontStart = clock
        frontSpan = end &- clock &+ 1
    }

    @inlinable
    mutating func reverseFront() {
        var low = 0
        var high = frontEnd - 1
        while low < high {
            let node = front[low]
            front[low] = front[high]
            front[high] = node
            low += 1
            high -= 1
        }
    }

    /// Sorts the front by insertion; `false` if it has too many events for that and they are not sorted yet.
    @inlinable
    mutating func sortFront() -> Bool {
        let isShort = frontEnd <= EventQueueLimits.insertionCount
        for index in 1..<frontEnd {
            let node = front[index]
            var hole = index
            while hole > 0, precedes(node, front[hole - 1]) {
                guard isShort else { return false }
                front[hole] = front[hole - 1]
                hole -= 1
            }
            front[hole] = node
        }
        return true
    }

    @inlinable @inline(__always)
    func precedes(_ left: UInt32, _ right: UInt32) -> Bool { key(left).precedes(key(right)) }

    @inlinable @inline(__always)
    func key(_ node: UInt32) -> EventQueueKey {
        EventQueueKey(time: nodes[Int(node)].time, sequence: nodes[Int(node)].sequence, node: node)
    }
}
