import Simulation

/// Judges a scenario's expectations by what a run has to say.
///
/// - Parameter counters: one for each `frames` expectation, in their order.
package func evaluateExpectations(of document: ScenarioDocument, in result: inout RunResult, counters: [FrameCounter]) {
    var nextCounter = 0
    for expectation in document.expectations {
        switch expectation.kind {
        case .frames(let selection, let bound):
            let counted = counters[nextCounter].tally.frames
            nextCounter += 1
            var what = "frames at \(selection.point)"
            if let direction = selection.direction { what += direction == .inbound ? " in" : " out" }
            if let filter = selection.filter { what += " matching \"\(filter)\"" }
            judge(what, counted, bound, expectation.location, in: &result)
        case .counter(let name, let bound):
            if let counter = result.counters.first(where: { $0.name == name }) {
                judge(name, counter.value, bound, expectation.location, in: &result)
            } else {
                let nearest = NearestName.of(name, among: result.counters.map(\.name))
                let hint = nearest.map { "; did you mean \($0)?" } ?? ""
                result.expectations.append(
                    RunResult.Verdict(
                        text: name, passed: false, found: "no such counter" + hint, location: expectation.location))
            }
        case .drops(let reason, let bound):
            let lost = reason.map { reason in result.drops.first { $0.reason == reason }?.tally.frames ?? 0 }
            let what = reason.map { "drops because \($0.description)" } ?? "drops"
            judge(what, lost ?? result.dropped.frames, bound, expectation.location, in: &result)
        case .latency(let percentile, let limit):
            judgeLatency(percentile, limit, expectation.location, in: &result)
        }
    }
}

private func judge(
    _ what: String, _ found: UInt64, _ bound: Expectation.Bound, _ location: SourceLocation, in result: inout RunResult
) {
    let (value, words) = operand(bound.operand, result)
    let passed =
        switch bound.comparison {
        case .equal: found == value
        case .notEqual: found != value
        case .atLeast: found >= value
        case .atMost: found <= value
        case .more: found > value
        case .less: found < value
        }
    result.expectations.append(
        RunResult.Verdict(
            text: "\(what) \(bound.comparison.rawValue) \(words)", passed: passed, found: "\(found)",
            location: location))
}

/// What a bound compares with, and its words.
private func operand(_ operand: Expectation.Operand, _ result: RunResult) -> (UInt64, String) {
    func tally(_ name: String) -> RunResult.Traffic? { result.traffic.first { $0.name == name } }
    switch operand {
    case .number(let number): return (number, "\(number)")
    case .sent(let name):
        let value = tally(name)?.sent.frames ?? 0
        return (value, "\(name).sent (\(value))")
    case .received(let name):
        let value = tally(name)?.received.frames ?? 0
        return (value, "\(name).received (\(value))")
    }
}

private func judgeLatency(
    _ percentile: Int, _ limit: SimDuration, _ location: SourceLocation, in result: inout RunResult
) {
    let index = RunResult.Latency.percentiles.firstIndex(of: percentile)
    let found = index.map { result.latency.values[$0] } ?? result.latency.maximum
    let name = percentile == 100_000 ? "maximum latency" : "latency p\(percentileText(percentile))"
    result.expectations.append(
        RunResult.Verdict(
            text: "\(name) <= \(limit.picoseconds / 1000) ns", passed: result.latency.count > 0 && found <= limit,
            found: result.latency.count == 0 ? "no latency was measured" : "\(found.picoseconds / 1000) ns",
            location: location))
}

/// A percentile in thousandths of a percent as it is written: `99.9`.
package func percentileText(_ percentile: Int) -> String {
    var text = String(percentile / 1000)
    if percentile % 1000 != 0 {
        var fraction = String(1000 + percentile % 1000).dropFirst()
        while fraction.hasSuffix("0") { fraction = fraction.dropLast() }
        text += "." + fraction
    }
    return text
}
