import Scenario
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
    @Test(arguments: [
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
}
