package import Simulation

/// One step of a scenario.
///
/// Steps happen one after another: a step begins when the one before it has ended and, if it says `at` or `after`, not
/// before that time.
package struct ScenarioStep: Sendable {
    /// Not before this time since the start of the run (`at`).
    package var notBefore: SimTime = .zero
    /// Not before this long after the end of the step before it (`after`).
    package var delay: SimDuration = .zero
    package var action: Action
    package var location: SourceLocation

    package init(action: Action, location: SourceLocation) {
        self.action = action
        self.location = location
    }

    package enum Action: Sendable {
        /// A control command on a host; the step ends when the command has finished.
        case run(CommandLine)
        /// Traffic begins; the step ends at once.
        case start(Source)
        /// Traffic ends; the step ends at once.
        case stop(Source)
        /// Nothing but waiting for `delay` or `notBefore`.
        case pause
        /// Until a traffic source has sent everything.
        case waitForTraffic(Source)
        /// Until no frame is in flight and every source that was started has sent everything.
        case waitForIdle
        /// Function-level reset of a function.
        case reset(FunctionReference)
    }

    /// A source of frames that can be started.
    package enum Source: Sendable, Equatable {
        /// A traffic endpoint, by its position in the document.
        case traffic(Int)
        /// What runs on a netdev, by the host's position in the document; the netdev may come into being later.
        case application(host: Int, netdev: String)
    }

    /// A command as it would be typed, with the place of each word.
    package struct CommandLine: Sendable {
        package var host: Int
        package var words: [String]
        package var text: String
        /// What is expected of it.
        package var outcome = CommandOutcome()
        package init(host: Int, words: [String], text: String) {
            self.host = host
            self.words = words
            self.text = text
        }
    }
}
