/// Things of which a fixed number may be under way: read tags, page walks.
///
/// The next user takes the one that is free first.
package struct LinkTags: ~Copyable {
    /// When each is free, in picoseconds: ascending, in a ring that starts at `first`.
    ///
    /// Most uses end later than those before them, so that keeping the order costs a comparison or two.
    private let freeTimes: UnsafeMutablePointer<UInt64>
    private let count: Int
    /// Places of the ring less one: a power of two of them, more than there are tags.
    private let mask: Int
    private var first = 0

    /// Creates `count` that are all free; zero counts as one.
    package init(count: Int) {
        self.count = max(count, 1)
        var places = 2
        while places <= self.count { places *= 2 }
        mask = places - 1
        freeTimes = .allocate(capacity: places)
        freeTimes.initialize(repeating: 0, count: places)
    }

    deinit { freeTimes.deallocate() }

    /// When the next one is free.
    @inline(__always) package var earliest: UInt64 { freeTimes[first] }

    /// Uses the one that is free first, until `time`.
    ///
    /// - Complexity: O(*n*) for the number *n* of those that are free later than `time`.
    package mutating func takeEarliest(until time: UInt64) {
        first = (first &+ 1) & mask
        var left = count &- 1
        while left > 0 {
            let before = freeTimes[(first &+ left &- 1) & mask]
            guard before > time else { break }
            freeTimes[(first &+ left) & mask] = before
            left &-= 1
        }
        freeTimes[(first &+ left) & mask] = time
    }
}
