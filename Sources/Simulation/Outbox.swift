/// What a part of the world wants to happen later: its own events, each with its time.
///
/// A part never knows the world or the world's queue. It appends here while it handles an event, and the world,
/// when the part returns, moves everything into the one event queue in the order of appending.
public struct Outbox<Event: BitwiseCopyable & Sendable>: ~Copyable {
    @usableFromInline struct Entry: BitwiseCopyable {
        @usableFromInline var time: SimTime
        @usableFromInline var event: Event
        @inlinable init(time: SimTime, event: Event) {
            self.time = time
            self.event = event
        }
    }

    @usableFromInline var entries: UnsafeMutablePointer<Entry>
    @usableFromInline var capacity: Int
    @usableFromInline var storedCount = 0
    /// Number of events waiting to be moved into the event queue.
    @inlinable public var count: Int { storedCount }

    /// Creates an empty outbox with room for `capacity` events before its storage must grow.
    public init(capacity: Int = 64) {
        self.capacity = max(capacity, 1)
        entries = .allocate(capacity: self.capacity)
    }

    deinit { entries.deallocate() }

    @inlinable public var isEmpty: Bool { count == 0 }

    /// Asks for `event` at `time`.
    @inlinable public mutating func schedule(_ event: Event, at time: SimTime) {
        if count == capacity { grow() }
        (entries + count).initialize(to: Entry(time: time, event: event))
        storedCount += 1
    }

    /// Hands every event to `body` in order of appending and empties the outbox, keeping its storage.
    @inlinable public mutating func drain(_ body: (SimTime, Event) -> Void) {
        for index in 0..<count { body(entries[index].time, entries[index].event) }
        removeAll()
    }

    /// The same for an owner who keeps the outbox and the queue apart: see `EventQueue.take`.
    @inlinable @inline(__always) func forEach(_ body: (SimTime, Event) -> Void) {
        var entry = entries
        let end = entries + storedCount
        while entry != end {
            body(entry.pointee.time, entry.pointee.event)
            entry += 1
        }
    }

    /// The event at `index`, with its time.
    @inlinable public subscript(index: Int) -> (time: SimTime, event: Event) {
        precondition(index >= 0 && index < count, "no such event")
        return (entries[index].time, entries[index].event)
    }

    /// Empties the outbox, keeping its storage.
    @inlinable public mutating func removeAll() { storedCount = 0 }

    @usableFromInline mutating func grow() {
        let larger = UnsafeMutablePointer<Entry>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: entries, count: count)
        entries.deallocate()
        entries = larger
        capacity *= 2
    }
}

extension EventQueue {
    /// Schedules everything in `outbox`, in order of appending and wrapped by `wrap`, and empties it.
    @inlinable @inline(__always)
    public mutating func take<Part>(_ outbox: inout Outbox<Part>, _ wrap: (Part) -> Event) {
        if outbox.isEmpty { return }
        outbox.forEach { time, event in schedule(wrap(event), at: time) }
        outbox.removeAll()
    }
}
