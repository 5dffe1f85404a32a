/// The heap: a binary heap of keys, and the pops that have to look at it.
extension EventQueue {
    /// The time of the earliest pending event; `nil` when nothing is pending.
    ///
    /// - Complexity: O(*k*) for *k* events in the earliest bucket. A run loop asks `popNext(until:)` instead.
    @inlinable
    public var nextTime: SimTime? {
        guard pendingCount != 0 else { return nil }
        var earliest = heapTime
        if frontSpan != 0 {
            earliest = min(earliest, nodes[Int(front[frontHead])].time)
        } else if pendingCount != heapCount {
            var node = heads[firstBucket()]
            while node != EventQueueLimits.none {
                earliest = min(earliest, nodes[Int(node)].time)
                node = nodes[Int(node)].next
            }
        }
        return SimTime(picoseconds: earliest)
    }

    /// `popNext(until:)` for any state of the queue.
    @inlinable @inline(never)
    mutating func popFromAnywhere(until limit: SimTime) -> Event? {
        while true {
            if frontSpan != 0 {
                let node = front[frontHead]
                if heapCount != 0, heap[0].precedes(key(node)) { return popFromHeap(until: limit) }
                guard nodes[Int(node)].time <= limit.picoseconds else { return nil }
                removeFromFront()
                return finish(node)
            }
            guard pendingCount != heapCount else { return heapCount == 0 ? nil : popFromHeap(until: limit) }
            let bucket = firstBucket()
            let node = heads[bucket]
            if nodes[Int(node)].next == EventQueueLimits.none {
                if heapCount != 0, heap[0].precedes(key(node)) { return popFromHeap(until: limit) }
                guard nodes[Int(node)].time <= limit.picoseconds else { return nil }
                clearBucket(bucket)
                return finish(node)
            }
            let start = (nodes[Int(node)].time &>> shift) &<< shift
            if heapCount != 0, heapTime < start { return popFromHeap(until: limit) }
            guard start <= limit.picoseconds else { return nil }
            openFront(bucket)
        }
    }

    @inlinable
    mutating func popFromHeap(until limit: SimTime) -> Event? {
        let first = heap[0]
        guard first.time <= limit.picoseconds else { return nil }
        heapCount -= 1
        if heapCount != 0 { siftDown(heap[heapCount], from: 0) }
        heapTime = heapCount == 0 ? .max : heap[0].time
        return finish(first.node)
    }

    @inlinable @inline(never)
    mutating func addToHeap(_ node: UInt32) {
        if heapCount == heapCapacity { growHeap() }
        let entry = key(node)
        var hole = heapCount
        heapCount += 1
        while hole > 0 {
            let parent = (hole - 1) / 2
            guard entry.precedes(heap[parent]) else { break }
            heap[hole] = heap[parent]
            hole = parent
        }
        heap[hole] = entry
        heapTime = heap[0].time
    }

    /// Puts `entry` where it belongs at or below `start`, whose own entry is in other hands.
    @inlinable
    mutating func siftDown(_ entry: EventQueueKey, from start: Int) {
        var hole = start
        while true {
            var child = 2 * hole + 1
            guard child < heapCount else { break }
            if child + 1 < heapCount, heap[child + 1].precedes(heap[child]) { child += 1 }
            guard heap[child].precedes(entry) else { break }
            heap[hole] = heap[child]
            hole = child
        }
        heap[hole] = entry
    }

    @inlinable @inline(never)
    mutating func growHeap() {
        let larger = UnsafeMutablePointer<EventQueueKey>.allocate(capacity: heapCapacity * 2)
        larger.update(from: heap, count: heapCount)
        heap.deallocate()
        heap = larger
        heapCapacity *= 2
    }

    @inlinable @inline(never)
    mutating func growNodes() {
        let capacity = nodeCapacity * 2
        precondition(capacity <= EventQueueLimits.nodeCount, "too many events are pending")
        let larger = UnsafeMutablePointer<Node>.allocate(capacity: capacity)
        larger.update(from: nodes, count: nodeCapacity)
        nodes.deallocate()
        nodes = larger
        addNodes(upTo: capacity)
    }

    /// Puts the nodes from `nodeCapacity` to `capacity`, whose memory exists, on the free list.
    @inlinable
    mutating func addNodes(upTo capacity: Int) {
        // A node's other fields are written before they are read, and a bitwise-copyable value needs no more.
        for index in (nodeCapacity..<capacity).reversed() {
            nodes[index].next = freeNode
            freeNode = UInt32(truncatingIfNeeded: index)
        }
        nodeCapacity = capacity
    }
}
