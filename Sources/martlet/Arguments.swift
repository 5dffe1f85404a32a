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
