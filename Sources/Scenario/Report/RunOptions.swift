package import Simulation

/// What one run is asked for besides its scenario.
package struct RunOptions: Sendable {
    /// One capture file of the run.
    package struct Output: Sendable, Equatable {
        /// Names of the capture points, in the order of the file's interfaces; classic pcap takes exactly one.
        package var points: [String]
        /// Where it goes: classic pcap when the name ends in `.pcap` or `.pcap.zst`, pcapng otherwise.
        package var path: String

        package init(points: [String], path: String) {
            self.points = points
            self.path = path
        }
    }

    /// Replaces the scenario's seed.
    package var seed: UInt64?
    /// Capture files to write, besides the ones that the scenario asks for.
    package var outputs: [Output]
    /// Also write the files that the scenario's own `captures` name.
    package var writesScenarioCaptures: Bool
    /// File for what crosses the buses; `nil` for none.
    package var busTrace: String?
    /// Keep `RunResult.commands`, the firmware's command log.
    package var recordsCommands: Bool
    /// Keep in `RunResult.events` the last events of the machine up to this time.
    package var explainsUpTo: SimTime?
    /// Number of events that `explainsUpTo` keeps.
    package var explainedEventCount = 32
    /// Stop with an error when this much simulated time has passed without the scenario ending.
    package var timeLimit: SimDuration

    package init(
        seed: UInt64? = nil, outputs: [Output] = [], writesScenarioCaptures: Bool = true, recordsCommands: Bool = false,
        explainsUpTo: SimTime? = nil, timeLimit: SimDuration = .milliseconds(600_000)
    ) {
        self.seed = seed
        self.outputs = outputs
        self.writesScenarioCaptures = writesScenarioCaptures
        self.recordsCommands = recordsCommands
        self.explainsUpTo = explainsUpTo
        self.timeLimit = timeLimit
    }
}
