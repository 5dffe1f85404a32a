package import Wire

/// Entries of one event queue that are on their way to host memory: a first-in-first-out ring.
///
/// It starts with room for eight and doubles when full; the event queue's own size bounds it.
package struct PostingRing: Sendable {
    private var entries: [EventQueueEntry] = []
    private var head = 0
    package private(set) var count = 0

    package init() {}

    /// Adds `entry` behind all others.
    package mutating func append(_ entry: EventQueueEntry) {
        if count == entries.count { grow() }
        entries[(head + count) & (entries.count - 1)] = entry
        count += 1
    }

    /// Removes the oldest entry; `nil` when there is none.
    package mutating func removeFirst() -> EventQueueEntry? {
        guard count > 0 else { return nil }
        let entry = entries[head]
        head = (head + 1) & (entries.count - 1)
        count -= 1
        return entry
    }

    private mutating func grow() {
        var larger: [EventQueueEntry] = []
        larger.reserveCapacity(max(8, entries.count * 2))
        for index in 0..<count { larger.append(entries[(head + index) & (entries.count - 1)]) }
        let filler = EventQueueEntry(.completion)
        while larger.count < max(8, entries.count * 2) { larger.append(filler) }
        entries = larger
        head = 0
    }
}
