import Simulation

/// The obvious event queue: an array, searched from end to end for the least (time, order of scheduling).
struct QueueModel {
    private var pending: [(time: UInt64, sequence: Int, event: UInt32)] = []
    private var scheduled = 0
    private(set) var now: UInt64 = 0

    var count: Int { pending.count }
    var nextTime: UInt64? { pending.map(\.time).min() }

    mutating func schedule(_ event: UInt32, at time: UInt64) {
        pending.append((max(time, now), scheduled, event))
        scheduled += 1
    }

    mutating func popNext(until limit: UInt64 = .max) -> UInt32? {
        let indices = pending.indices
        guard
            let first = indices.min(by: {
                (pending[$0].time, pending[$0].sequence) < (pending[$1].time, pending[$1].sequence)
            }), pending[first].time <= limit
        else { return nil }
        now = pending[first].time
        return pending.remove(at: first).event
    }
}

/// Ways to choose the next event's delay, each with something in it that an event queue could get wrong.
enum DelayPattern: CaseIterable {
    case uniform, always0, alwaysSame, mostly0, exponential, nanosecondsAndSeconds, alternating, bursts, ramp
    case everyPowerOfTwo, clockTicks, crowdedFuture

    /// The delay, in picoseconds, of the event scheduled as number `step` when `now` is the time.
    func delay(_ step: Int, now: UInt64, _ random: inout SplitMix) -> UInt64 {
        switch self {
        case .uniform: 1 + random.next(below: 1_000_000)
        case .always0: 0
        case .alwaysSame: 4_000
        case .mostly0: random.next(below: 10) == 0 ? random.next(below: 100_000) : 0
        case .exponential: random.next() >> (24 + random.next(below: 40))
        case .nanosecondsAndSeconds:
            random.next(below: 16) == 0 ? 1_000_000_000_000 + random.next(below: 1_000) : random.next(below: 10_000)
        case .alternating: step % 2 == 0 ? 1 : 10_000_000
        case .bursts: (step / 200) % 2 == 0 ? random.next(below: 50) : 50_000_000 + random.next(below: 50)
        case .ramp: UInt64(step) * 37
        case .everyPowerOfTwo: 1 << UInt64(step % 40)
        case .clockTicks: 4_000 - now % 4_000 + 4_000 * random.next(below: 8)
        case .crowdedFuture: 3_000_000 - now % 3_000_000 + random.next(below: 300)
        }
    }
}
