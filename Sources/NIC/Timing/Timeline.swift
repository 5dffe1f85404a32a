/// When one serial resource is busy: intervals of picoseconds, in order and apart.
///
/// A plain busy-until number is right only when requests come in the order of their times. An event may ask for a
/// fetch that starts after another fetch has come back, half a microsecond from now; with one number the resource
/// would then be shut for everybody until that time. So the intervals are kept, and a request takes the first
/// gap that is long enough. Requests that come in order cost a comparison.
package struct Timeline: ~Copyable {
    private struct Interval: BitwiseCopyable {
        var start: UInt64
        var end: UInt64
    }

    /// Most intervals kept; past it the earliest gap is given up, which only ever delays.
    private static var capacity: Int { 256 }
    /// Intervals there is memory for: room to grow at both ends.
    private static var room: Int { 3 * capacity }

    /// Gaps shorter than this, in picoseconds, fit nothing and are closed.
    private let shortestUse: UInt64
    private let intervals: UnsafeMutablePointer<Interval>
    /// The kept intervals are `intervals[first..<end]`; the room on both sides lets the shorter side move.
    private var first = 256
    private var end = 256
    /// An interval near which the next request is likely to be: the last one that was not behind all others.
    private var hint = 0
    /// Nothing starts before it.
    private var floor: UInt64 = 0
    /// How long it has been taken for, in all, in picoseconds.
    package private(set) var usedTime: UInt64 = 0

    /// Creates a resource that has never been busy.
    package init(shortestUse: UInt64) {
        self.shortestUse = shortestUse
        intervals = .allocate(capacity: Self.room)
        intervals.initialize(repeating: Interval(start: 0, end: 0), count: Self.room)
    }

    deinit { intervals.deallocate() }

    /// When the last interval ends, in picoseconds.
    package var busyUntil: UInt64 { end > first ? intervals[end - 1].end : floor }

    /// Takes the resource for `duration`, at `time` or as soon after it as a gap allows; returns the start.
    @inline(__always) package mutating func reserve(_ duration: UInt64, from time: UInt64) -> UInt64 {
        if duration == 0 { return time }
        usedTime &+= duration
        let earliest = max(time, floor)
        // The usual case: behind the last interval, with a gap or without.
        if end != first, earliest >= intervals[end &- 1].start, end < Self.room, end &- first < Self.capacity {
            let start = max(earliest, intervals[end &- 1].end)
            if start &- intervals[end &- 1].end < shortestUse {
                intervals[end &- 1].end = start &+ duration
            } else {
                intervals[end] = Interval(start: start, end: start &+ duration)
                end &+= 1
            }
            return start
        }
        return reserveApart(duration, from: earliest)
    }

    @inline(never) private mutating func reserveApart(_ duration: UInt64, from earliest: UInt64) -> UInt64 {
        if end == first || earliest >= intervals[end &- 1].start {
            return append(duration, from: earliest)
        }
        var next = indexOfFirstInterval(after: earliest)
        var start = next > first ? max(earliest, intervals[next &- 1].end) : earliest
        while next < end, start &+ duration > intervals[next].start {
            start = intervals[next].end
            next &+= 1
        }
        if next == end { return append(duration, from: start) }
        insert(Interval(start: start, end: start &+ duration), at: next)
        hint = next
        return start
    }

    /// Gives up what is over before `time`: no later request may ask for an earlier time.
    package mutating func advance(to time: UInt64) {
        while first < end, intervals[first].end <= time { first &+= 1 }
        floor = max(floor, time)
    }

    private mutating func append(_ duration: UInt64, from earliest: UInt64) -> UInt64 {
        guard end > first else {
            first = Self.capacity
            end = first &+ 1
            intervals[first] = Interval(start: earliest, end: earliest &+ duration)
            return earliest
        }
        let busy = intervals[end &- 1].end
        let start = max(earliest, busy)
        if start &- busy < shortestUse {
            intervals[end &- 1].end = start &+ duration
        } else {
            if end == Self.room { moveToCentre() }
            intervals[end] = Interval(start: start, end: start &+ duration)
            end &+= 1
            keepToCapacity()
        }
        return start
    }

    @inline(__always)
    private mutating func indexOfFirstInterval(after time: UInt64) -> Int {
        var low = first
        var high = end
        // Requests of one stream come in the order of their times: the place is the last one's or a little behind it.
        if hint >= first, hint < end, intervals[hint].start <= time {
            low = hint &+ 1
            let near = min(low &+ 4, end)
            while low < near, intervals[low].start <= time { low &+= 1 }
            if low < near || low == end { return low }
        }
        while low < high {
            let middle = (low &+ high) &>> 1
            if intervals[middle].start <= time { low = middle &+ 1 } else { high = middle }
        }
        return low
    }

    @inline(__always)
    private mutating func insert(_ interval: Interval, at position: Int) {
        let joinsLeft = position > first && interval.start &- intervals[position &- 1].end < shortestUse
        let joinsRight = intervals[position].start &- interval.end < shortestUse
        switch (joinsLeft, joinsRight) {
        case (true, true):
            intervals[position].start = intervals[position &- 1].start
            move(first..<(position &- 1), by: 1)
            first &+= 1
        case (true, false): intervals[position &- 1].end = interval.end
        case (false, true): intervals[position].start = interval.start
        case (false, false): insertApart(interval, at: position)
        }
    }

    @inline(__always)
    private mutating func insertApart(_ interval: Interval, at position: Int) {
        var position = position
        if first == 0 || end == Self.room {
            let before = position &- first
            moveToCentre()
            position = first &+ before
        }
        if position &- first < end &- position {
            move(first..<position, by: -1)
            first &-= 1
            intervals[position &- 1] = interval
        } else {
            move(position..<end, by: 1)
            end &+= 1
            intervals[position] = interval
        }
        keepToCapacity()
    }

    private mutating func keepToCapacity() {
        guard end &- first > Self.capacity else { return }
        floor = max(floor, intervals[first].end)
        first &+= 1
    }

    private mutating func moveToCentre() {
        let offset = Self.capacity &- first
        move(first..<end, by: offset)
        first &+= offset
        end &+= offset
    }

    private mutating func move(_ range: Range<Int>, by offset: Int) {
        if range.isEmpty { return }
        (intervals + range.lowerBound + offset).update(from: intervals + range.lowerBound, count: range.count)
    }
}
