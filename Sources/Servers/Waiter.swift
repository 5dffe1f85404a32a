internal import CSockets
internal import Glibc

/// What a loop of sockets waits for: descriptors that become readable or writable, or a time.
package struct Waiter {
    private var entries: [pollfd] = []

    package init() {
        martlet_precise_waits()
    }

    /// Forgets every descriptor.
    package mutating func removeAll() { entries.removeAll(keepingCapacity: true) }

    /// Also waits for `descriptor`; returns the position to ask `isReady` for.
    package mutating func add(_ descriptor: Descriptor, forWriting: Bool = false) -> Int {
        entries.append(pollfd(fd: descriptor.number, events: Int16(forWriting ? POLLOUT : POLLIN), revents: 0))
        return entries.count - 1
    }

    /// Waits until something is ready, for at most `nanoseconds`; for ever when that is `nil`.
    package mutating func wait(nanoseconds: UInt64?) {
        let limit = nanoseconds.map { Int64(clamping: $0) } ?? -1
        _ = martlet_poll(&entries, entries.count, limit)
    }

    /// Whether the descriptor at `position` can be read or written, or its other end is gone.
    package func isReady(_ position: Int) -> Bool { entries[position].revents != 0 }
}
