/// Things of which a fixed number may be under way: read tags, page walks. The next user takes the one that is
/// free first.
package struct LinkTags: ~Copyable {
    /// When each is free, in picoseconds: a binary heap, earliest first. Its length is odd, so that every inner node
    /// has two children and the way down needs no test of the end; a place that is no tag is never free.
    private let heap: UnsafeMutablePointer<UInt64>
    /// Places of the heap.
    private let count: Int

    /// Creates `count` that are all free; zero counts as one.
    package init(count: Int) {
        let tags = max(count, 1)
        self.count = tags | 1
        heap = .allocate(capacity: tags | 1)
        heap.initialize(repeating: 0, count: tags)
        if tags % 2 == 0 { (heap + tags).initialize(to: .max) }
    }

    deinit { heap.deallocate() }

    /// When the next one is free.
    @inline(__always) package var earliest: UInt64 { heap[0] }

    /// Uses the one that is free first, until `time`.
    ///
    /// - Complexity: O(log *n*) for *n* of them.
    package mutating func takeEarliest(until time: UInt64) {
        // Down to a leaf without comparing with `time`, which nearly always belongs there, then up.
        var hole = 0
        let inner = count &>> 1
        while hole < inner {
            let left = hole &<< 1 &+ 1
            let child = left &+ (heap[left &+ 1] < heap[left] ? 1 : 0)
            heap[hole] = heap[child]
            hole = child
        }
        while hole > 0 {
            let parent = (hole &- 1) &>> 1
            guard heap[parent] > time else { break }
            heap[hole] = heap[parent]
            hole = parent
        }
        heap[hole] = time
    }
}
