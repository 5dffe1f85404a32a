package import Simulation

/// Everything that a run has to say: what the summary, `--json`, the expectations and the golden traces read.
///
/// Every list is in an order that depends on nothing but the scenario.
package struct RunResult: Sendable {
    /// The scenario's name, its path as given, and the seed that was used.
    package var scenario = ""
    package var path = ""
    package var seed: UInt64 = 0
    /// Simulated time from the start to the last event.
    package var duration = SimDuration.zero
    /// Events handled.
    package var eventCount: UInt64 = 0
    /// Frames and bytes that entered the world, reached what they were meant for, and were lost.
    package var born = Tally()
    package var delivered = Tally()
    package var dropped = Tally()
    /// Frames and bytes by capture point, in the order of the world's points.
    package var points: [Point] = []
    /// What each traffic endpoint and application sent and received, in the order of the scenario.
    package var traffic: [Traffic] = []
    /// Losses by reason, in the order of `DropReason`; reasons that lost nothing are left out.
    package var drops: [Drop] = []
    /// From a frame's birth to its delivery.
    package var latency = Latency()
    /// How busy each shared part was while there were frames, the busiest first.
    package var utilisation: [Utilisation] = []
    /// Where the median packet spent its time, in the order of `Stage`.
    package var stages: [StageShare] = []
    /// Every counter of every part, sorted by name, such as `h0.eth0.rx_packets`.
    package var counters: [Counter] = []
    /// What the scenario's commands printed, in order of time.
    package var outputs: [CommandOutput] = []
    /// The scenario's expectations, in its order; filled in by `evaluateExpectations`.
    package var expectations: [Verdict] = []
    /// The books of the run: each balances, or the run has failed.
    package var accounts: [Account] = []
    /// The firmware's command log, when `RunOptions.recordsCommands` asked for it.
    package var commands: [CommandRecord] = []
    /// The last events up to `RunOptions.explainsUpTo`, oldest first.
    package var events: [EventRecord] = []
    /// Capture files written, with the number of frames in each.
    package var files: [CaptureFile] = []
    /// What stopped the run before its end (a command that failed, the time limit); `nil` when it ran through.
    package var failure: Failure?
    /// What a session with drivers outside adds; `nil` for a run.
    package var live: Live?

    package init() {}

    /// Whether every expectation is met, every account balances and nothing stopped the run.
    package var passed: Bool {
        failure == nil && expectations.allSatisfy(\.passed) && accounts.allSatisfy(\.balances)
    }

    /// Number of frames and of their bytes, without the frame check sequence.
    package struct Tally: Sendable, Equatable {
        package var frames: UInt64 = 0
        package var bytes: UInt64 = 0
        package init(frames: UInt64 = 0, bytes: UInt64 = 0) {
            self.frames = frames
            self.bytes = bytes
        }
    }

    /// What passed one capture point, seen from the thing that it is named for.
    package struct Point: Sendable, Equatable {
        package var name: String
        package var inbound: Tally
        package var outbound: Tally
        package init(name: String, inbound: Tally = Tally(), outbound: Tally = Tally()) {
            self.name = name
            self.inbound = inbound
            self.outbound = outbound
        }
    }

    /// What one traffic endpoint (`gen0`) or application (`h0.eth0`) did.
    package struct Traffic: Sendable, Equatable {
        package var name: String
        package var sent: Tally
        package var received: Tally
        package init(name: String, sent: Tally = Tally(), received: Tally = Tally()) {
            self.name = name
            self.sent = sent
            self.received = received
        }
    }

    /// Frames lost for one reason.
    package struct Drop: Sendable, Equatable {
        package var reason: DropReason
        package var tally: Tally
        package init(reason: DropReason, tally: Tally) {
            self.reason = reason
            self.tally = tally
        }
    }

    /// The part that limited the run; `nil` when none was busy nearly all of the time.
    package var bottleneck: Utilisation? { utilisation.first.flatMap { $0.share >= Utilisation.limit ? $0 : nil } }

    /// How busy one shared part was.
    package struct Utilisation: Sendable, Equatable {
        /// Which part: `h0.p0 port`.
        package var name: String
        /// What kind of part: `port`.
        package var kind: String
        /// How long it was busy, of how long; what it was given just before the end counts as well.
        package var busy: SimDuration
        package var window: SimDuration

        package init(name: String, kind: String, busy: SimDuration, window: SimDuration) {
            self.name = name
            self.kind = kind
            self.busy = busy
            self.window = window
        }

        /// In thousandths.
        package var share: UInt64 { min(busy.picoseconds * 1000 / max(window.picoseconds, 1), 1000) }

        /// From here on, in thousandths, a part is what limits a run.
        package static let limit: UInt64 = 900
    }

    /// One stage's part of the median packet's latency.
    package struct StageShare: Sendable, Equatable {
        package var stage: Stage
        package var time: SimDuration
        package init(stage: Stage, time: SimDuration) {
            self.stage = stage
            self.time = time
        }
    }

    /// One counter's value at the end.
    package struct Counter: Sendable, Equatable {
        package var name: String
        package var value: UInt64
        package init(name: String, value: UInt64) {
            self.name = name
            self.value = value
        }
    }

    /// One account of the books: `text` says both sides, such as `born 120 = delivered 118 + dropped 2`.
    package struct Account: Sendable, Equatable {
        package var name: String
        package var balances: Bool
        package var text: String
        package init(name: String, balances: Bool, text: String) {
            self.name = name
            self.balances = balances
            self.text = text
        }
    }

    /// One expectation: what was expected, whether it is met, and what was found.
    package struct Verdict: Sendable, Equatable {
        package var text: String
        package var passed: Bool
        package var found: String
        package var location: SourceLocation
        package init(text: String, passed: Bool, found: String, location: SourceLocation) {
            self.text = text
            self.passed = passed
            self.found = found
            self.location = location
        }
    }

    /// What one command of the scenario printed.
    package struct CommandOutput: Sendable, Equatable {
        package var time: SimTime
        package var host: String
        package var command: String
        package var text: String
        package var succeeded: Bool
        package init(time: SimTime, host: String, command: String, text: String, succeeded: Bool) {
            self.time = time
            self.host = host
            self.command = command
            self.text = text
            self.succeeded = succeeded
        }
    }

    /// One firmware command.
    package struct CommandRecord: Sendable, Equatable {
        package var time: SimTime
        /// The function's name, such as `h0.pf0`.
        package var function: String
        /// The opcode's name, status, syndrome and what else the firmware has to say, in words.
        package var text: String
        /// The command's input and output, mailboxes included.
        package var input: [UInt8]
        package var output: [UInt8]
        package init(time: SimTime, function: String, text: String, input: [UInt8], output: [UInt8]) {
            self.time = time
            self.function = function
            self.text = text
            self.input = input
            self.output = output
        }
    }

    /// One event of the machine, in words.
    package struct EventRecord: Sendable, Equatable {
        package var time: SimTime
        package var text: String
        package init(time: SimTime, text: String) {
            self.time = time
            self.text = text
        }
    }

    /// A capture file that the run has written.
    package struct CaptureFile: Sendable, Equatable {
        package var path: String
        package var frames: UInt64
        package init(path: String, frames: UInt64) {
            self.path = path
            self.frames = frames
        }
    }

    /// Why a run stopped early, and which line of the scenario it was at.
    package struct Failure: Sendable, Equatable {
        package var text: String
        package var location: SourceLocation?
        package init(text: String, location: SourceLocation? = nil) {
            self.text = text
            self.location = location
        }
    }
}
