import Wire

/// Entries of one event queue that are on their way to host memory: a first-in-first-out ring.
///
/// It starts with room for eight and doubles when full; the event queue's own size bounds it.
package struct PostingRing: Sendable {
    private var notices: [EventNotice] = []
    private var head = 0
    package private(set) var count = 0

    package init() {}

    /// Adds `notice` behind all others.
    package mutating func append(_ notice: EventNotice) {
        if count == notices.count { grow() }
        notices[(head + count) & (notices.count - 1)] = notice
        count += 1
    }

    /// Removes the oldest notice; `nil` when there is none.
    package mutating func removeFirst() -> EventNotice? {
        guard count > 0 else { return nil }
        let notice = notices[head]
        head = (head + 1) & (notices.count - 1)
        count -= 1
        return notice
    }

    private mutating func grow() {
        var larger: [EventNotice] = []
        larger.reserveCapacity(max(8, notices.count * 2))
        for index in 0..<count { larger.append(notices[(head + index) & (notices.count - 1)]) }
        let filler = EventNotice(.completion)
        while larger.count < max(8, notices.count * 2) { larger.append(filler) }
        notices = larger
        head = 0
    }
}
