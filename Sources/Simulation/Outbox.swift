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

    @usableFromInline var entries: [Entry] = []

    /// Creates an empty outbox with room for `capacity` events before its storage must grow.
    @inlinable public init(capacity: Int = 64) { entries.reserveCapacity(capacity) }

    @inlinable public var isEmpty: Bool { entries.isEmpty }
    /// Number of events waiting to be moved into the event queue.
    @inlinable public var count: Int { entries.count }

    /// Asks for `event` at `time`.
    @inlinable public mutating func schedule(_ event: Event, at time: SimTime) {
        entries.append(Entry(time: time, event: event))
    }

    /// Hands every event to `body` in order of appending and empties the outbox, keeping its storage.
    @inlinable public mutating func drain(_ body: (SimTime, Event) -> Void) {
        for index in entries.indices { body(entries[index].time, entries[index].event) }
        entries.removeAll(keepingCapacity: true)
    }

    /// The event at `index`, with its time.
    @inlinable public subscript(index: Int) -> (time: SimTime, event: Event) {
        (entries[index].time, entries[index].event)
    }

    /// Empties the outbox, keeping its storage.
    @inlinable public mutating func removeAll() { entries.removeAll(keepingCapacity: true) }
}
