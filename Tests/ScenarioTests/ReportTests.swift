import Foundation
import Scenario
import Simulation
import Testing

@Suite("Reports of a run")
struct ReportTests {
    /// A result with one of everything.
    private static var sample: RunResult {
        var result = RunResult()
        result.scenario = "sample"
        result.path = "Scenarios/sample.yaml"
        result.seed = 7
        result.duration = .microseconds(1234)
        result.eventCount = 98_765
        result.born = .init(frames: 1000, bytes: 64_000)
        result.delivered = .init(frames: 998, bytes: 63_872)
        result.dropped = .init(frames: 2, bytes: 128)
        result.points = [
            .init(name: "w0", inbound: .init(frames: 1000, bytes: 64_000)),
            .init(name: "h0.eth0", inbound: .init(frames: 998, bytes: 63_872), outbound: .init(frames: 1, bytes: 60)),
        ]
        result.drops = [.init(reason: .outOfReceiveBuffers, tally: .init(frames: 2, bytes: 128))]
        result.latency = .init(
            values: [.nanoseconds(900), .microseconds(2), .microseconds(30), .milliseconds(4)], count: 998,
            minimum: .nanoseconds(1), maximum: .milliseconds(5000))
        result.stages = [
            .init(stage: .wire, time: .nanoseconds(225)), .init(stage: .dataWrite, time: .nanoseconds(675)),
        ]
        let location = SourceLocation(file: "Scenarios/sample.yaml", line: 30, column: 5)
        result.expectations = [
            .init(text: "drops == 0", passed: false, found: "2", location: location),
            .init(text: "h0.eth0.rx_packets == 998", passed: true, found: "998", location: location),
        ]
        result.accounts = [
            .init(name: "frames", balances: true, text: "born 1000 = delivered 998 + dropped 2"),
            .init(name: "events", balances: false, text: "1 pending at the end"),
        ]
        result.outputs = [
            .init(time: .zero, host: "h0", command: "ethtool -g eth0", text: "RX: 1024\n", succeeded: true)
        ]
        result.counters = [.init(name: "h0.eth0.rx_packets", value: 998)]
        result.files = [.init(path: "all.pcapng", frames: 1999)]
        return result
    }

    @Test func `the summary says everything and fits a terminal`() {
        let text = SummaryText.text(of: Self.sample)
        #expect(
            text == """
                sample, seed 7: 1.234 ms simulated, 98,765 events

                captured at     frames in          bytes in    frames out         bytes out
                w0                  1,000            64,000             0                 0
                h0.eth0               998            63,872             1                60

                frames  born 1,000, delivered 998, dropped 2
                             2 frames             128 bytes   the receive queue has no buffer

                latency p50 900.0 ns  p90 2.00 µs  p99 30.00 µs  p99.9 4.000 ms  max 5.000 s

                where the median packet's time goes
                  wire: propagation                   225.0 ns   25.0 %  ███████
                  writing frame and completion        675.0 ns   75.0 %  █████████████████████

                expectations 1 of 2 not met
                  NOT MET drops == 0
                          found 2   (Scenarios/sample.yaml:30:5)
                  met     h0.eth0.rx_packets == 998

                accounts 1 off
                  OFF      events: 1 pending at the end

                written
                  all.pcapng: 1,999 frames

                FAILED

                """)
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 96 })
        #expect(!text.contains("\u{1b}"))
    }

    @Test func `outputs, accounts and colours come when asked for`() {
        let style = SummaryText.Style(usesColor: true, listsOutputs: true, explains: true)
        let text = SummaryText.text(of: Self.sample, style: style)
        #expect(text.contains("ethtool -g eth0"))
        #expect(text.contains("  RX: 1024\n"))
        #expect(text.contains("frames: born 1000 = delivered 998 + dropped 2"))
        #expect(text.contains("\u{1b}[1;31mFAILED\u{1b}[0m"))
    }

    @Test func `the JSON parses and holds what the result holds`() throws {
        let object = try JSONSerialization.jsonObject(with: Data(Self.sample.json.text.utf8))
        let members = try #require(object as? [String: Any])
        #expect(members["scenario"] as? String == "sample")
        #expect(members["passed"] as? Bool == false)
        #expect((members["counters"] as? [String: Int])?["h0.eth0.rx_packets"] == 998)
        let latency = try #require(members["latency"] as? [String: Int])
        #expect(latency["p99.9_ps"] == 4_000_000_000)
        let drop = try #require((members["drops"] as? [[String: Any]])?.first)
        #expect(drop["reason"] as? String == "outOfReceiveBuffers")
    }

    @Test func `JSON text escapes what it must and sorts members`() throws {
        let value = JSONValue.object([
            "b": .string("a\"\\\n\u{1}é"), "a": .array([]), "c": .array([.flag(true), .null]),
        ])
        #expect(
            value.text == """
                {
                  "a": [],
                  "b": "a\\"\\\\\\n\\u0001é",
                  "c": [
                    true,
                    null
                  ]
                }
                """)
    }

    @Test func `two runs of one scenario give identical JSON`() throws {
        let bench = try ReportWorkbench()
        let texts = try (0..<2).map { _ in
            let (document, options) = try RunRequest(path: bench.scenario, explains: true).resolve()
            return try runScenario(document, options: options).json.text
        }
        #expect(texts[0] == texts[1])
        #expect(texts[0].contains("\"seed\": 5"))
    }

    @Test func `JUnit counts failures and escapes`() {
        let suite = JUnit(
            suite: "s", cases: [.init(name: "a <b>"), .init(name: "c", failure: "1 & 2", details: "\u{1b}[0m\"x\"")])
        #expect(
            suite.xml == """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites tests="2" failures="1">
                  <testsuite name="s" tests="2" failures="1" errors="0">
                    <testcase classname="s" name="a &lt;b&gt;"/>
                    <testcase classname="s" name="c">
                      <failure message="1 &amp; 2">?[0m&quot;x&quot;</failure>
                    </testcase>
                  </testsuite>
                </testsuites>

                """)
        #expect(Self.sample.junit.cases.filter { $0.failure != nil }.map(\.name) == ["drops == 0", "account: events"])
    }

    @Test func `a request lists every mistake in it`() throws {
        let bench = try ReportWorkbench()
        let request = RunRequest(
            path: bench.scenario, captures: ["w9=a.pcap", "w0=b.pcap", "h0.eth0=b.pcap"], output: "all.pcap")
        let error = #expect(throws: ScenarioError.self) { _ = try request.resolve() }
        let texts = try #require(error).mistakes.map(\.description)
        #expect(texts.count == 3)
        #expect(texts[0].contains("the unknown capture point \"w9\"") && texts[0].hasSuffix("did you mean w0?"))
        #expect(texts[1].hasPrefix("--output: error: found the classic pcap file"))
        #expect(texts[2].contains("the file \"b.pcap\" twice"))
        let other = #expect(throws: ScenarioError.self) {
            _ = try RunRequest(path: bench.scenario, settings: ["count"], captures: ["=x"]).resolve()
        }
        #expect(
            other?.description == """
                --set: error: found "count", expected NAME=VALUE
                --capture: error: found "=x", expected POINT=FILE
                """)
    }
}
