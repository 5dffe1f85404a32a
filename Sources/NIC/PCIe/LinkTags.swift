/// Things of which a fixed number may be under way: read tags, page walks. The next user takes the one that is
/// free first.
package struct LinkTags: Sendable {
    /// When each is free, in picoseconds: a binary heap, earliest first. Its length is odd, so that every inner node
    /// has two children and the way down needs no test of the end; a place that is no tag is never free.
    private var freeTimes: [UInt64]

    /// Creates `count` that are all free; zero counts as one.
    package init(count: Int) {
        let count = max(count, 1)
        freeTimes = Array(repeating: 0, count: count)
        if count % 2 == 0 { freeTimes.append(.max) }
    }

    /// When the next one is free.
    package var earliest: UInt64 { freeTimes[0] }

    /// Uses the one that is free first, until `time`.
    ///
    /// - Complexity: O(log *n*) for *n* of them.
    package mutating func takeEarliest(until time: UInt64) {
        freeTimes.withUnsafeMutableBufferPointer { heap in
            // Down to a leaf without comparing with `time`, which nearly always belongs there, then up.
            var hole = 0
            let inner = heap.count / 2
            while hole < inner {
                let left = 2 * hole + 1
                let child = left + (heap[left + 1] < heap[left] ? 1 : 0)
                heap[hole] = heap[child]
                hole = child
            }
            while hole > 0, heap[(hole - 1) / 2] > time {
                heap[hole] = heap[(hole - 1) / 2]
                hole = (hole - 1) / 2
            }
            heap[hole] = time
        }
    }
}
