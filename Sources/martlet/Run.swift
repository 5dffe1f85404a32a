import ArgumentParser
import Scenario
import Servers

/// Who drives the functions of a scenario.
enum DriverChoice: String, ExpressibleByArgument {
    case builtIn = "built-in"
    case linux
}

/// `martlet run`.
struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a scenario and say what happened.",
        discussion: """
            Prints frames and bytes by capture point, drops by reason, latencies, where the median packet's time goes,
            and whether the scenario's expectations are met and the books balance.
            Exit codes: 0 passed, 1 an expectation or an account failed or the run stopped early, 2 wrong usage or
            input, 3 an error in Martlet itself.

            Examples:
              martlet run
              martlet run Scenarios/forward.yaml --output all.pcapng.zst
              martlet run Scenarios/replay.yaml --set input=FILE.pcap --capture h0.eth0=arrived.pcap
              martlet run Scenarios/forward.yaml --seed 7 --json
              martlet run Scenarios/reset.yaml --bus reset.bus.zst
              martlet run Scenarios/receive.yaml --driver linux
            """)

    @Argument(help: "The scenario file.", completion: .file(extensions: ["yaml"]))
    var scenario = "Scenarios/forward.yaml"
    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("Give a parameter of the scenario a value.", valueName: "name=value"))
    var settings: [String] = []
    @Option(
        help: ArgumentHelp(
            """
            Write the frames at a capture point to a file: classic pcap when it ends in .pcap, else pcapng; compressed \
            when it ends in .zst.
            """,
            valueName: "point=file"))
    var capture: [String] = []
    @Option(help: ArgumentHelp("Write all points that the scenario captures to one pcapng file.", valueName: "file"))
    var output: String?
    @Option(
        name: .customLong("bus"),
        help: ArgumentHelp(
            "Write what crosses the buses to a text file, which `martlet inspect` prints.", valueName: "file"))
    var busTrace: String?
    @Option(help: "Use this seed instead of the scenario's.")
    var seed: UInt64?
    @Option(
        help: "Who drives the functions: our own driver, or stock Linux in a guest for each host, in real time.")
    var driver = DriverChoice.builtIn
    @Option(help: "The guests' kernel with --driver linux: 6.12, 6.1 or 7.2.")
    var kernel = "6.12"
    @Flag(help: "Print the result as one JSON object.")
    var json = false
    @Option(help: ArgumentHelp("Write expectations and accounts as JUnit XML.", valueName: "file"))
    var junit: String?
    @Flag(help: "Print nothing but mistakes.")
    var quiet = false
    @Flag(help: "Also print what the scenario's commands printed.")
    var verbose = false
    @Flag(help: "Also print every account and the last events of the machine.")
    var explain = false

    func run() throws {
        var request = RunRequest(
            path: scenario, settings: settings, captures: capture, output: output, seed: seed, explains: explain)
        request.busTrace = busTrace
        let (document, options) = try request.resolve()
        let bar = ProgressBar(isWanted: !quiet)
        defer { bar.end() }
        let result: RunResult
        switch driver {
        case .builtIn: result = try runScenario(document, options: options, progress: bar.show)
        case .linux:
            let request = LinuxRequest(kernel: kernel)
            result = try runScenarioOnLinux(document, request, options: options, until: StopSignal())
        }
        bar.end()
        if let junit { try write(result.junit.xml, to: junit) }
        if json {
            print(result.json.text)
        } else if !quiet {
            let style = SummaryText.Style(usesColor: Terminal.showsColor, listsOutputs: verbose, explains: explain)
            print(SummaryText.text(of: result, style: style), terminator: "")
        }
        if !result.passed { throw ExitCode(1) }
    }
}
