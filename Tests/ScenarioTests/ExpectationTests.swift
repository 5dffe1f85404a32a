import Scenario
import Simulation
import Testing

/// Whether a run that lost `drops` frames meets `comparison limit`.
private func isMet(_ drops: UInt64, _ comparison: Scenario.Expectation.Comparison, _ limit: UInt64) -> Bool? {
    var document = ScenarioDocument()
    document.expectations = [
        Scenario.Expectation(
            kind: .drops(reason: nil, Scenario.Expectation.Bound(comparison, .number(limit))),
            location: SourceLocation(file: "test"))
    ]
    var result = RunResult()
    result.dropped = RunResult.Tally(frames: drops, bytes: drops * 60)
    evaluateExpectations(of: document, in: &result, counters: [])
    return result.expectations.first?.passed
}

@Suite struct ExpectationTests {
    @Test(
        arguments: [
            (.equal, [false, true, false]), (.notEqual, [true, false, true]), (.atLeast, [false, true, true]),
            (.atMost, [true, true, false]), (.more, [false, false, true]), (.less, [true, false, false]),
        ] as [(Scenario.Expectation.Comparison, [Bool])])
    func aBoundHoldsBelowAtAndAboveItsNumber(comparison: Scenario.Expectation.Comparison, expected: [Bool]) {
        #expect([4, 5, 6].map { isMet($0, comparison, 5) } == expected)
    }

    @Test func aCounterThatDoesNotExistIsNotMetAndSaysWhichWasMeant() {
        var document = ScenarioDocument()
        document.expectations = [
            Scenario.Expectation(
                kind: .counter(name: "h0.eth0.rx_packet", Scenario.Expectation.Bound(.atLeast, .number(0))),
                location: SourceLocation(file: "test"))
        ]
        var result = RunResult()
        result.counters = [RunResult.Counter(name: "h0.eth0.rx_packets", value: 1)]
        evaluateExpectations(of: document, in: &result, counters: [])
        #expect(result.expectations.first?.passed == false)
        #expect(result.expectations.first?.found == "no such counter; did you mean h0.eth0.rx_packets?")
    }

    @Test func anExpectationOfAReasonCountsThatReasonAlone() {
        var document = ScenarioDocument()
        let reasons: [(DropReason, UInt64)] = [(.portBufferFull, 0), (.outOfReceiveBuffers, 5), (.steeringMiss, 2)]
        document.expectations = reasons.map { reason, count in
            Scenario.Expectation(
                kind: .drops(reason: reason, Scenario.Expectation.Bound(.equal, .number(count))),
                location: SourceLocation(file: "test"))
        }
        var result = RunResult()
        result.dropped = RunResult.Tally(frames: 7, bytes: 420)
        result.drops = [
            .init(reason: .steeringMiss, tally: .init(frames: 2, bytes: 120)),
            .init(reason: .outOfReceiveBuffers, tally: .init(frames: 5, bytes: 300)),
        ]
        evaluateExpectations(of: document, in: &result, counters: [])
        #expect(result.expectations.map(\.found) == ["0", "5", "2"])
        #expect(result.expectations.map(\.passed) == [true, true, true])
    }

    @Test func aRunListsWhatItLostByReason() throws {
        // Ten frames for an address that nobody has.
        let text = FileMistakeTests.right.replacing("MODEL", with: FileMistakeTests.model)
            .replacing("count: \"${count}\"", with: "count: \"${count}\", destination: \"02:00:00:00:00:77\"")
        let result = try runScenario(ScenarioFile.parse(text, name: "example.yaml"))
        #expect(result.drops.map(\.reason) == [.steeringMiss])
        #expect(result.drops.map(\.tally) == [.init(frames: 10, bytes: 600)])
        #expect(result.dropped == .init(frames: 10, bytes: 600))
    }
}
