import Host
import NIC
import Simulation

/// The hold model: a number of events is pending, and each that happens schedules one more 1 to 10^6 ps later.
///
/// It is the usual measure of an event queue, because it is nothing else: one pop and one schedule per event, with a
/// constant number pending. `Benchmarks/hold` holds the same work for std::priority_queue and for SystemC;
/// `Tools/bench` runs the three in turns, since rates are only comparable within a minute of one machine.
package struct HoldBenchmark {
    /// The hold model with events of 8 bytes, so that an entry is time, order and payload: 24 bytes.
    ///
    /// - Parameter events: how many events to measure, after an eighth as many to reach the steady state.
    package static func run(pending: Int, events: Int = 4_000_000) -> HoldResult {
        measure(pending: pending, events: events, make: { $0 }, payload: { $0 })
    }

    /// The hold model with the machine's own event type: posted writes, whose value is the payload.
    package static func runWithMachineEvent(pending: Int, events: Int = 4_000_000) -> HoldResult {
        measure(
            pending: pending, events: events,
            make: { (payload: UInt64) -> NIC.Event in
                .bus(.memoryWrite(FunctionID(0), bar: 0, byteCount: 8, offset: 0x800, value: payload))
            },
            payload: { event in
                guard case .bus(.memoryWrite(_, _, _, _, let value)) = event else { return 0 }
                return value
            })
    }

    @inline(__always)
    private static func measure<Event: BitwiseCopyable & Sendable>(
        pending: Int, events: Int, make: (UInt64) -> Event, payload: (Event) -> UInt64
    ) -> HoldResult {
        var queue = EventQueue<Event>(expectedCount: pending)
        var random = SplitMix(seed: 1)
        for index in 0..<UInt64(pending) {
            queue.schedule(make(index), after: .picoseconds(1 + random.next(below: 1_000_000)))
        }
        var checksum: UInt64 = 0
        let clock = ContinuousClock()
        var start = clock.now
        for count in [events / 8, events] {
            start = clock.now
            for _ in 0..<count {
                guard let event = queue.popNext() else { break }
                checksum = checksum &* 31 &+ payload(event)
                queue.schedule(event, after: .picoseconds(1 + random.next(below: 1_000_000)))
            }
        }
        let elapsed = (clock.now - start) / .seconds(1)
        return HoldResult(
            pending: pending, eventByteCount: MemoryLayout<Event>.size, rate: Double(events) / elapsed / 1e6,
            endTime: queue.now.picoseconds, checksum: checksum)
    }

    /// Both hold models at `pendingCounts` as one JSON object.
    ///
    /// Its members are `hold` and `hold_machine_event`, each by number of events pending. It is what
    /// `martlet bench hold --json` prints and `Tools/bench` reads.
    package static func json(pendingCounts: [Int]) -> String {
        let plain = runHold(pendingCounts: pendingCounts)
        let machine = pendingCounts.map { runWithMachineEvent(pending: $0) }
        return "{\"hold\": \(json(plain)), \"hold_machine_event\": \(json(machine))}"
    }

    private static func json(_ results: [HoldResult]) -> String {
        let members = results.map {
            "\"\($0.pending)\": {\"martlet\": \($0.rate), \"event_bytes\": \($0.eventByteCount), "
                + "\"end\": \"\($0.endTime)\", \"checksum\": \"\($0.checksum)\"}"
        }
        return "{\(members.joined(separator: ", "))}"
    }
}

/// The hold model with events of 8 bytes at each of `pendingCounts`.
package func runHold(pendingCounts: [Int]) -> [HoldResult] {
    pendingCounts.map { HoldBenchmark.run(pending: $0) }
}
