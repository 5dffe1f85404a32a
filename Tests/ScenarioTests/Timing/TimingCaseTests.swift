import Scenario
import Simulation
import Testing

/// Who shares nothing is not slowed down, who shares something waits for his turn, and nothing happens before its cause.
@Suite struct TimingCaseTests {
    private static let bothUp = ["run: ip link set dev eth0 up", "run: ip link set dev eth1 up"]
    private static let bothSend =
        bothUp + ["start: h0.eth0", "start: h0.eth1", "wait: { traffic: h0.eth1 }", "wait: idle"]

    private static func generate(_ what: String, to last: Int) -> String {
        "{ generate: { \(what), destination: \"02:00:00:00:00:0\(last)\" } }"
    }

    @Test(arguments: ["connectx-6dx", "connectx-4lx-25g"])
    func aPortThatIsCongestedLeavesTheOtherAlone(model: String) throws {
        func rate(_ count: Int) throws -> Double {
            let run = try TimedRun(
                TimedRun.twoPorts(
                    model: model, first: Self.generate("sizes: 1518, count: \(count)", to: 2),
                    second: Self.generate("sizes: 64, count: 5000", to: 4), steps: Self.bothSend), points: ["w1"])
            return run.rate(at: "w1")
        }
        let (alone, beside) = (try rate(1), try rate(6000))
        #expect(alone > 10e6)
        #expect(beside > 0.98 * alone, "\(beside) beside a congested port, \(alone) alone")
    }

    @Test func twoPortsAreEachAsFastAsOne() throws {
        func rates(_ count: Int) throws -> (Double, Double) {
            let run = try TimedRun(
                TimedRun.twoPorts(
                    first: Self.generate("sizes: 64, count: \(count)", to: 2),
                    second: Self.generate("sizes: 64, count: 10000", to: 4), steps: Self.bothSend),
                points: ["w0", "w1"])
            return (run.rate(at: "w0"), run.rate(at: "w1"))
        }
        let alone = try rates(1).1
        let (first, second) = try rates(10000)
        #expect(min(first, second) > 0.98 * alone, "\(first) and \(second) together, \(alone) alone")
    }

    /// 128 KiB at 25 Gb/s are 42 µs; what does not fit waits in the ring.
    @Test func noFrameWaitsAtAPortForMoreThanItsBuffer() throws {
        let run = try TimedRun(
            TimedRun.twoPorts(
                model: "connectx-4lx-25g", software: "per-packet-transmit: 10ns, per-doorbell: 10ns",
                first: Self.generate("sizes: 1518, count: 20000, rate: 2.5Mpps, burst: 16", to: 2), second: "sink",
                steps: Self.bothUp + ["start: h0.eth0", "wait: { traffic: h0.eth0 }", "wait: idle"]))
        let port = try #require(run.result.stages.first { $0.stage == .port }).time
        #expect(port < .microseconds(43))
        #expect(port > .microseconds(25))
        #expect(run.result.dropped.frames == 0)
    }

    /// 256 requests of 512 bytes last 19 µs on this link: nobody waits longer for the answer to a small one.
    @Test func singleFramesPassLargeOnesOfTheOtherPort() throws {
        let run = try TimedRun(
            TimedRun.twoPorts(
                pcie: "generation: 3, lanes: 8", software: "per-packet-transmit: 10ns, per-doorbell: 10ns",
                first: Self.generate("protocol: tcp, sizes: 64000, segment: 1448, count: 300", to: 2),
                second: Self.generate("sizes: 64, count: 400, rate: 0.5Mpps, burst: 1", to: 4),
                steps: Self.bothUp + [
                    "start: h0.eth0", "{ after: 50us, start: h0.eth1 }", "wait: { traffic: h0.eth1 }", "wait: idle",
                ]), points: ["w1", "h0.eth1"])
        let latencies = run.latencies(from: "h0.eth1", to: "w1")
        #expect(latencies.count == 400)
        #expect(try #require(latencies.last) < 20_000, "\(latencies[200]) ns, at most \(latencies[399])")
    }

    private func besideOverload(queues: Int) throws -> UInt64 {
        let run = try TimedRun(
            TimedRun.twoPorts(
                model: "connectx-5", software: "per-packet-receive: 1ns, per-interrupt: 100ns",
                first: "sink", second: Self.generate("sizes: 64, count: 400, rate: 1Mpps, burst: 1", to: 4),
                far: """
                    generate: { sizes: 64, flows: 4096, rate: line, count: 100000, destination: "02:00:00:00:00:01" }
                    """,
                steps: ["run: ethtool -G eth0 rx 1024", "run: ethtool -L eth0 combined \(queues)"] + Self.bothUp + [
                    "start: s0", "{ after: 200us, start: h0.eth1 }", "wait: { traffic: s0 }",
                    "wait: { traffic: h0.eth1 }", "wait: idle",
                ]), points: ["w1", "h0.eth1"])
        let latencies = run.latencies(from: "h0.eth1", to: "w1")
        return latencies[latencies.count / 2]
    }

    @Test func aSenderDoesNotWaitForEveryQueueThatReceives() throws {
        let (few, many) = (try besideOverload(queues: 2), try besideOverload(queues: 8))
        // Alone a frame takes 1.28 µs. Each of its three reads may wait for what has been asked for, 256 ns of writes.
        #expect(many < 1280 + 4 * 256, "\(many) ns")
        #expect(many < few + few / 4, "\(few) ns with two queues, \(many) with eight")
    }

    /// A completion, its event and the interrupt are one stream on the link: none waits until another is seen.
    @Test func eventAndInterruptFollowTheirCompletionAtOnce() throws {
        let run = try TimedRun(
            TimedRun.twoPorts(
                model: "connectx-5", software: "per-packet-receive: 1ns, per-interrupt: 100ns", first: "sink",
                second: Self.generate("sizes: 64, count: 40, rate: 100000pps, burst: 1", to: 4),
                far: """
                    generate: { sizes: 64, flows: 256, rate: line, count: 60000, destination: "02:00:00:00:00:01" }
                    """,
                steps: [
                    "run: ethtool -G eth0 rx 1024", "run: ethtool -L eth0 combined 8",
                    "run: ethtool -C eth1 tx-usecs 0 tx-frames 0",
                ] + Self.bothUp + [
                    "start: s0", "{ after: 20us, start: h0.eth1 }", "wait: { traffic: s0 }",
                    "wait: { traffic: h0.eth1 }", "wait: idle",
                ]), tracesBus: true)
        var completion: UInt64?
        var delays: [UInt64] = []
        for (time, function, what) in run.bus where function == "h0.pf1" {
            if what.hasPrefix("completion CQ"), what.contains("requester") { completion = time }
            if what.hasPrefix("event EQ"), what.contains("completion of CQ"), let before = completion {
                delays.append(time - before)
                completion = nil
            }
        }
        #expect(delays.count >= 40)
        // 10 ns until the decision, and 11 until the entry is on its way; on a busy link what was asked for before as well.
        #expect(delays.sorted()[delays.count / 2] < 60_000, "\(delays.sorted()[delays.count / 2]) ps")
        #expect(delays.allSatisfy { $0 < 300_000 }, "\(delays.max() ?? 0) ps")
    }

    /// The driver's stores are made when the processor has come to them.
    @Test func noEntryIsSentBeforeItsDoorbell() throws {
        let model = "\(FileMistakeTests.projectFolder)Models/connectx-6dx.yaml"
        let run = try TimedRun(
            """
            name: timing
            model: \(model)
            hosts:
              - name: h0
                software: { per-packet-receive: 2us }
                functions:
                  - { name: pf0, netdev: eth0, mac: "02:00:00:00:00:01", application: reflect }
            traffic:
              - name: flood
                generate: { sizes: 64, flows: 1, rate: 1Mpps, count: 2000, destination: "02:00:00:00:00:01" }
            wires:
              - { name: w0, between: [h0.p0, flood], length: 1m }
            steps:
              - run: ethtool -G eth0 rx 4096
              - run: ip link set dev eth0 up
              - start: flood
              - wait: { traffic: flood }
              - wait: idle
            """, tracesBus: true)
        var rung: [Substring: Int] = [:]
        var sent = 0
        for (_, _, what) in run.bus {
            let words = what.split(separator: " ")
            if words[0] == "doorbell", let place = words.firstIndex(of: "SQ") {
                rung[words[place + 1].filter { $0 != "," }[...]] = Int(words[place + 3]) ?? 0
            } else if words[0] == "send-entry" {
                sent += 1
                #expect(Int(words[4]) ?? .max <= rung[words[2]] ?? -1, "\(what)")
            }
        }
        #expect(sent >= 2000)
    }

    /// A frame for which nothing is busy takes what it takes alone, never less.
    @Test func noFrameIsFasterThanALoneOne() throws {
        func minimum(_ count: Int) throws -> SimDuration {
            try TimedRun(
                TimedRun.twoPorts(
                    software: "per-packet-transmit: 10ns, per-doorbell: 10ns",
                    first: Self.generate("sizes: 64, count: \(count), rate: 1Mpps, burst: 1", to: 2), second: "sink",
                    steps: Self.bothUp + ["start: h0.eth0", "wait: { traffic: h0.eth0 }", "wait: idle"])
            ).result.latency.minimum
        }
        let alone = try minimum(1)
        #expect(try minimum(3000) == alone)
    }

    /// Several reads of entries are under way for one queue: its rate is not one burst for each way to memory and back.
    @Test func oneReceiveQueueKeepsUpWithThePort() throws {
        let run = try TimedRun(
            TimedRun.twoPorts(
                software: "per-packet-receive: 1ns, per-interrupt: 100ns", first: "sink", second: "sink",
                far: """
                    generate: { sizes: 64, flows: 256, rate: line, count: 50000, destination: "02:00:00:00:00:01" }
                    """,
                steps: ["run: ethtool -G eth0 rx 8192"] + Self.bothUp + [
                    "start: s0", "wait: { traffic: s0 }", "wait: idle",
                ]))
        #expect(run.counter("h0.eth0.rx_packets") == 50000)
        #expect(run.result.dropped.frames == 0)
    }
}
