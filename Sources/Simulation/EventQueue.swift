/// The events that have not happened yet, ordered by time and, within one time, by order of scheduling.
///
/// The second key makes a run repeatable: two runs of one scenario pop the same events in the same order,
/// and every golden trace rests on that.
public struct EventQueue<Event: BitwiseCopyable & Sendable>: ~Copyable {
    @usableFromInline
    struct Entry: BitwiseCopyable {
        @usableFromInline var time: SimTime
        @usableFromInline var sequence: UInt64
        @usableFromInline var event: Event

        @inlinable
        init(time: SimTime, sequence: UInt64, event: Event) {
            self.time = time
            self.sequence = sequence
            self.event = event
        }

        @inlinable
        func precedes(_ other: Entry) -> Bool {
            time != other.time ? time < other.time : sequence < other.sequence
        }
    }

    /// The time of the event popped last; never decreases.
    @inlinable public var now: SimTime { clock }

    @usableFromInline var clock = SimTime.zero
    /// A binary heap: no entry precedes its parent.
    @usableFromInline var heap: [Entry] = []
    @usableFromInline var nextSequence: UInt64 = 0

    /// Creates an empty queue with room for `expectedCount` events before its storage must grow.
    @inlinable
    public init(expectedCount: Int) { heap.reserveCapacity(expectedCount) }

    @inlinable public var isEmpty: Bool { heap.isEmpty }
    /// Number of pending events.
    @inlinable public var count: Int { heap.count }
    /// The time of the earliest pending event; `nil` when nothing is pending.
    @inlinable public var nextTime: SimTime? { heap.first?.time }

    /// Schedules `event` to happen at `time`, or now when `time` has passed.
    ///
    /// - Complexity: O(log *n*) for *n* pending events.
    @inlinable
    public mutating func schedule(_ event: Event, at time: SimTime) {
        heap.append(Entry(time: max(time, clock), sequence: nextSequence, event: event))
        nextSequence += 1
        siftUp(from: heap.count - 1)
    }

    /// Schedules `event` to happen `delay` from now.
    ///
    /// - Complexity: O(log *n*) for *n* pending events.
    @inlinable
    public mutating func schedule(_ event: Event, after delay: SimDuration) { schedule(event, at: clock + delay) }

    /// Removes the earliest event and moves `now` to its time; `nil` when nothing is pending.
    ///
    /// - Complexity: O(log *n*) for *n* pending events.
    @inlinable
    public mutating func popNext() -> Event? {
        guard let first = heap.first else { return nil }
        let last = heap.removeLast()
        if !heap.isEmpty { siftDown(last) }
        assert(first.time >= clock, "time ran backwards")
        clock = first.time
        return first.event
    }

    @inlinable
    mutating func siftUp(from start: Int) {
        let entry = heap[start]
        var hole = start
        while hole > 0 {
            let parent = (hole - 1) / 2
            guard entry.precedes(heap[parent]) else { break }
            heap[hole] = heap[parent]
            hole = parent
        }
        heap[hole] = entry
    }

    @inlinable
    mutating func siftDown(_ entry: Entry) {
        var hole = 0
        while true {
            var child = 2 * hole + 1
            guard child < heap.count else { break }
            if child + 1 < heap.count, heap[child + 1].precedes(heap[child]) { child += 1 }
            guard heap[child].precedes(entry) else { break }
            heap[hole] = heap[child]
            hole = child
        }
        heap[hole] = entry
    }
}
