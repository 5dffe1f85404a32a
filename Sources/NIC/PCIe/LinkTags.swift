/// Things of which a fixed number may be under way: read tags, page walks. The next user takes the one that is
/// free first.
package struct LinkTags: Sendable {
    /// When each is free, in picoseconds: a binary heap, earliest first.
    private var freeTimes: [UInt64]

    /// Creates `count` that are all free; zero counts as one.
    package init(count: Int) { freeTimes = Array(repeating: 0, count: max(count, 1)) }

    /// When the next one is free.
    package var earliest: UInt64 { freeTimes[0] }

    /// Uses the one that is free first, until `time`.
    ///
    /// - Complexity: O(log *n*) for *n* of them.
    package mutating func takeEarliest(until time: UInt64) {
        var hole = 0
        while true {
            var child = 2 * hole + 1
            guard child < freeTimes.count else { break }
            if child + 1 < freeTimes.count, freeTimes[child + 1] < freeTimes[child] { child += 1 }
            guard freeTimes[child] < time else { break }
            freeTimes[hole] = freeTimes[child]
            hole = child
        }
        freeTimes[hole] = time
    }
}
