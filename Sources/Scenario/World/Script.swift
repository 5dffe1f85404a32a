import Driver
import Simulation

/// How far a world is in its scenario's steps.
struct Script: Sendable {
    let steps: [ScenarioStep]
    /// The step that is being waited for, or comes next.
    var position = 0
    var phase = Phase.ready
    /// The command that is running, as it was typed.
    var runningText = ""
    /// What the commands so far have printed.
    var outputs: [RunResult.CommandOutput] = []
    /// What ended the script early.
    var failure: RunResult.Failure?

    enum Phase: Sendable, Equatable {
        /// The step may begin.
        case ready
        /// The step begins at a time; an event is on its way.
        case timed
        /// The step's time has come, and it may act.
        case due
        /// A netdev, or any function of the host, is being probed.
        case probe(host: Int, netdev: String?)
        /// A command is running.
        case command(host: Int, CommandTicket)
        /// A source has frames left to send.
        case source(ScenarioStep.Source)
        /// Something is still pending.
        case idle
        case finished
    }

    init(steps: [ScenarioStep]) { self.steps = steps }

    /// Whether a driver's progress may let the script go on.
    var waitsForDriver: Bool {
        switch phase {
        case .probe, .command, .source(.application): true
        default: false
        }
    }

    /// Whether the end of a source of traffic may let the script go on.
    var waitsForTraffic: Bool { if case .source(.traffic) = phase { true } else { false } }

    var isFinished: Bool { phase == .finished }
}
