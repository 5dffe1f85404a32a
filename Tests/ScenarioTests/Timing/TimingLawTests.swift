import Foundation
import Scenario
import Simulation
import Testing

/// Laws that hold whatever the model and the traffic: each seed draws some.
///
/// `MARTLET_TIMING_SEEDS` sets how many seeds are tried.
@Suite struct TimingLawTests {
    private static let seeds: Range<UInt64> = {
        #if DEBUG
            let usual: UInt64 = 4
        #else
            let usual: UInt64 = 60
        #endif
        let count = ProcessInfo.processInfo.environment["MARTLET_TIMING_SEEDS"].flatMap { UInt64($0) } ?? usual
        return 0..<count
    }()

    /// Draws, the same for the same seed.
    private struct Draw {
        private var state: UInt64
        init(_ seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 1 }
        mutating func next(_ range: ClosedRange<Int>) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return range.lowerBound + Int(state % UInt64(range.count))
        }
        mutating func pick<Value>(_ values: [Value]) -> Value { values[next(0...values.count - 1)] }
    }

    private struct Traffic {
        var model: String
        var first: String
        var second: String
        var software: String

        init(_ seed: UInt64) {
            var draw = Draw(seed)
            model = draw.pick(["connectx-6dx", "connectx-5", "connectx-4lx-25g", "bluefield-2"])
            let size = draw.pick([64, 64, 65, 128, 511, 1024, 1518])
            let rate = draw.pick(["line", "3Mpps", "700000pps"])
            first =
                "{ generate: { sizes: \(size), count: \(draw.next(200...1500)), rate: \(rate), "
                + "burst: \(draw.next(1...40)), destination: \"02:00:00:00:00:02\" } }"
            let other = draw.pick([64, 200, 1518])
            second =
                "{ generate: { sizes: \(other), count: \(draw.next(100...800)), rate: \(draw.pick(["line", "2Mpps"])), "
                + "destination: \"02:00:00:00:00:04\" } }"
            software = "per-packet-transmit: \(draw.next(5...60))ns, per-doorbell: \(draw.next(5...40))ns"
        }

        func run(points: [String] = [], tracesBus: Bool = false) throws -> TimedRun {
            try TimedRun(
                TimedRun.twoPorts(
                    model: model, software: software, first: first, second: second,
                    steps: [
                        "run: ip link set dev eth0 up", "run: ip link set dev eth1 up", "start: h0.eth0",
                        "start: h0.eth1", "wait: { traffic: h0.eth0 }", "wait: { traffic: h0.eth1 }", "wait: idle",
                    ]), points: points, tracesBus: tracesBus)
        }
    }

    /// Nothing is busy for longer than there is time, what was sent arrives, and the books balance.
    @Test func nothingIsBusierThanAllOfTheTime() throws {
        for seed in Self.seeds {
            let result = try Traffic(seed).run().result
            #expect(result.passed, "seed \(seed)")
            #expect(result.dropped.frames == 0, "seed \(seed)")
            #expect(!result.utilisation.isEmpty, "seed \(seed)")
            for part in result.utilisation {
                // What is under way at the end, a microsecond of it, is given already.
                #expect(part.busy <= part.window + .microseconds(1), "seed \(seed): \(part.name) \(part.share)")
            }
        }
    }

    /// No frame leaves the wire's end before its entry was executed, no entry is executed before its doorbell, and no
    /// completion is written before its entry was executed.
    @Test func nothingHappensBeforeItsCause() throws {
        for seed in Self.seeds {
            let run = try Traffic(seed).run(tracesBus: true)
            var rung: [String: Int] = [:]
            var executed: [String: Int] = [:]
            for (_, function, what) in run.bus {
                let words = what.split(separator: " ")
                if words[0] == "doorbell", let place = words.firstIndex(of: "SQ"), words.count > place + 3 {
                    rung[function + words[place + 1].filter { $0 != "," }] = Int(words[place + 3]) ?? 0
                } else if words[0] == "send-entry", words[5] == "send" {
                    let queue = function + words[2]
                    let entry = Int(words[4]) ?? 0
                    #expect(entry <= rung[queue] ?? -1, "seed \(seed): \(function) \(what)")
                    executed[queue] = entry
                } else if words[0] == "completion", words[3] == "requester", let last = words.last {
                    let queue = function + last
                    if let entry = executed[queue] {
                        #expect(Int(words[5]) ?? 0 <= entry, "seed \(seed): \(function) \(what)")
                    }
                }
            }
        }
    }

    /// Who shares nothing is not slowed down by a picosecond: frames of one host leave when they leave whatever another
    /// host, with a NIC and a wire of its own, sends.
    @Test func whoSharesNothingIsNotSlowedDown() throws {
        for seed in Self.seeds {
            let traffic = Traffic(seed)
            func latencies(besides: String) throws -> ([UInt64], RunResult.Latency) {
                let file = "\(FileMistakeTests.projectFolder)Models/\(traffic.model).yaml"
                func host(_ name: String, _ last: Int, _ application: String) -> String {
                    """
                      - name: \(name)
                        model: \(file)
                        software: { \(traffic.software) }
                        functions:
                          - { name: pf0, netdev: eth0, mac: "02:00:00:00:01:0\(last)", application: \(application) }
                    """
                }
                let run = try TimedRun(
                    """
                    name: timing
                    hosts:
                    \(host("h0", 1, traffic.first))
                    \(host("h1", 2, besides))
                    traffic:
                      - { name: s0, sink: {} }
                      - { name: s1, sink: {} }
                    wires:
                      - { name: w0, between: [h0.p0, s0], length: 1m }
                      - { name: w1, between: [h1.p0, s1], length: 1m }
                    captures: [w0]
                    steps:
                      - { host: h0, run: ip link set dev eth0 up }
                      - { host: h1, run: ip link set dev eth0 up }
                      - wait: 5ms
                      - start: h0.eth0
                      - start: h1.eth0
                      - wait: { traffic: h0.eth0 }
                      - wait: { traffic: h1.eth0 }
                      - wait: idle
                    """, points: ["w0"])
                return (run.times["w0"] ?? [], run.result.latency)
            }
            let one = "{ generate: { sizes: 64, count: 1, destination: \"02:00:00:00:00:04\" } }"
            let alone = try latencies(besides: one)
            let beside = try latencies(besides: traffic.second)
            #expect(!alone.0.isEmpty, "seed \(seed)")
            // From the first frame on: the captures' clock has nanoseconds, the frames' times have picoseconds.
            let first = (alone.0.first ?? 0, beside.0.first ?? 0)
            #expect(alone.0.map { $0 - first.0 } == beside.0.map { $0 - first.1 }, "seed \(seed)")
        }
    }

    /// The wire carries one frame after the other: none ends before the time that its bytes last has passed since the
    /// one before.
    @Test func framesOnAWireFollowEachOther() throws {
        for seed in Self.seeds {
            let traffic = Traffic(seed)
            let run = try traffic.run(points: ["w0"])
            let times = run.times["w0"] ?? []
            let bitsPerNanosecond: UInt64 = traffic.model == "connectx-4lx-25g" ? 25 : 100
            // 64 bytes with check sequence, preamble and gap; captures have whole nanoseconds.
            let shortest = 84 * 8 / bitsPerNanosecond
            for (earlier, later) in zip(times, times.dropFirst()) {
                #expect(later + 1 >= earlier + shortest, "seed \(seed): \(earlier) then \(later)")
            }
        }
    }
}
