import Scenario
import Simulation
import Testing

/// Percentiles of latencies, against a list that anybody can sort.
@Suite struct LatencyRecorderTests {
    @Test func percentilesAreThoseOfTheSortedList() {
        var recorder = LatencyRecorder()
        // 1 to 10,000 µs in an order of its own: 7919 is prime to 10,000.
        for number in 0..<10_000 as Range<UInt64> {
            let latency = SimDuration.microseconds(number * 7919 % 10_000 + 1)
            let birth = SimTime.zero + .microseconds(number)
            recorder.record(Journey(birth: birth), endedAt: birth + latency)
        }
        #expect(recorder.count == 10_000)
        #expect(recorder.minimum == .microseconds(1))
        for (percent, expected) in [(50, 5000), (90, 9000), (99, 9900), (99.9, 9990)] as [(Double, Double)] {
            let found = Double(recorder.percentile(percent).picoseconds) / 1e6
            #expect(abs(found - expected) <= expected / 1000, "p\(percent) is \(found) µs")
        }
        #expect(abs(Double(recorder.maximum.picoseconds) / 1e6 - 10_000) <= 10)
    }

    @Test func aQueueThatGrowsShowsInTheRunsPercentiles() throws {
        // 1,000 frames at once for software that takes 2 µs for each: the n-th waits for about n × 2 µs.
        let text = FileMistakeTests.right.replacing("MODEL", with: FileMistakeTests.model)
            .replacing("count: 10 ", with: "count: 1000 ").replacing("1Mpps", with: "line")
            .replacing("  - name: h0\n", with: "  - name: h0\n    software: { per-packet-receive: 2us }\n")
        let latency = try runScenario(ScenarioFile.parse(text, name: "example.yaml")).latency
        #expect(latency.count == 1000)
        let maximum = Double(latency.maximum.picoseconds)
        #expect(maximum > 1.9e9)
        for (value, share) in zip(latency.values, [0.5, 0.9, 0.99, 0.999]) {
            #expect(abs(Double(value.picoseconds) / maximum - share) < 0.04, "\(share): \(value.picoseconds)")
        }
    }
}
