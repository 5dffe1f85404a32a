import ArgumentParser
import Scenario
import Simulation

/// The duration that an option's text means; none is zero.
func duration(_ text: String?) throws -> SimDuration {
    guard let text else { return .zero }
    do {
        return .picoseconds(try Quantity.parse(text, as: Quantity.time))
    } catch {
        throw ValidationError("\"\(text)\" is no duration; one looks like \(Quantity.time.example)")
    }
}

/// The capture files that `--capture POINT=FILE` options ask for.
func captureOutputs(_ texts: [String]) throws -> [RunOptions.Output] {
    try texts.map { text in
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { throw ValidationError("--capture \(text): expected POINT=FILE") }
        return RunOptions.Output(points: [parts[0]], path: parts[1])
    }
}
