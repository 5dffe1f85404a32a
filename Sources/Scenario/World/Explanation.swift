import Simulation

/// The last events of the machine before a moment, kept as values and put into words only when asked for.
struct Explanation: Sendable {
    /// Later events are not kept.
    let upTo: SimTime
    private let capacity: Int
    private var ring: [(time: SimTime, event: World.Event)] = []
    private var next = 0

    init(upTo: SimTime, capacity: Int) {
        self.upTo = upTo
        self.capacity = max(capacity, 1)
        ring.reserveCapacity(self.capacity)
    }

    mutating func note(_ event: World.Event, at time: SimTime) {
        guard time <= upTo else { return }
        if ring.count < capacity {
            ring.append((time, event))
        } else {
            ring[next] = (time, event)
            next = (next + 1) % capacity
        }
    }

    /// The events kept, oldest first.
    var events: [(time: SimTime, event: World.Event)] { Array(ring[next...] + ring[..<next]) }
}
