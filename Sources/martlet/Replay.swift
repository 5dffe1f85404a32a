import ArgumentParser
import Scenario

/// `martlet replay`.
struct Replay: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Replay a session of `martlet serve --record` without its drivers.",
        discussion: """
            The record has all that came into the NIC: what drivers sent on the bus, what it read in their memory, and
            frames from outside. The same model gives the same frames at the same times; a model that does something
            else than the recorded one did ends the replay there.
            Exit codes: 0 replayed, 1 an account failed, 2 wrong usage or input, or a NIC that does something else.

            Examples:
              martlet serve --vfio-user /tmp/nic.sock --record session.martlet.zst
              martlet replay session.martlet.zst --capture w0=wire.pcapng
              martlet replay session.martlet.zst --bus session.bus
            """)

    @Argument(help: "The record.", completion: .file())
    var record: String
    @Option(
        help: ArgumentHelp(
            "Write the frames at a capture point (w0, h0.p0, h0.pf0 …) to a file: classic pcap when it ends in .pcap, else pcapng; compressed when it ends in .zst.",
            valueName: "point=file"))
    var capture: [String] = []
    @Option(
        name: .customLong("bus"),
        help: ArgumentHelp(
            "Write what crossed the buses to a text file, which `martlet inspect` prints.", valueName: "file"))
    var busTrace: String?
    @Flag(help: "Print the summary as one JSON object.")
    var json = false

    func run() throws {
        let result = try replaySession(path: record, outputs: try captureOutputs(capture), busTrace: busTrace)
        if json {
            print(result.json.text)
        } else {
            let style = SummaryText.Style(usesColor: Terminal.showsColor)
            print(SummaryText.text(of: result, style: style), terminator: "")
        }
        if !result.passed { throw ExitCode(1) }
    }
}
