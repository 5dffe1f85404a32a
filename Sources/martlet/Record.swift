import ArgumentParser
import Scenario

/// `martlet record`.
struct Record: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run scenarios and keep their captures and counts as golden traces.",
        discussion: """
            Writes DIR/NAME.pcapng.zst, every point that the scenario captures, and DIR/NAME.json, the seed, the
            settings and every count. Without a scenario, all traces that DIR holds are recorded again.
            Exit codes: 0 recorded, 1 a run did not pass (its trace is left as it was), 2 wrong usage or input.

            Examples:
              martlet record
              martlet record Scenarios/forward.yaml Scenarios/tso.yaml
              martlet record Scenarios/replay.yaml --set input=Traces/input/jumbo.pcap.zst --name replay-jumbo
            """)

    @Argument(help: "The scenario files.", completion: .file(extensions: ["yaml"]))
    var scenarios: [String] = []
    @Option(help: ArgumentHelp("The folder of the golden traces.", valueName: "dir"))
    var traces = "Traces"
    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("Give a parameter of the scenario a value.", valueName: "name=value"))
    var settings: [String] = []
    @Option(help: "Use this seed instead of the scenario's.")
    var seed: UInt64?
    @Option(help: "Name the trace so; by default as its scenario. For one scenario.")
    var name: String?

    func validate() throws {
        if name != nil && scenarios.count != 1 { throw ValidationError("--name needs exactly one scenario") }
        if scenarios.isEmpty && (seed != nil || !settings.isEmpty) {
            throw ValidationError("--seed and --set need a scenario")
        }
    }

    func run() throws {
        let folder = GoldenTraceFolder(path: traces)
        var requests: [(RunRequest, String?)] = []
        if scenarios.isEmpty {
            for entry in try GoldenTraceFolder.entries(at: [traces]) {
                requests.append((try folder.request(toRecordAgain: entry), entry.name))
            }
        } else {
            requests = scenarios.map { (RunRequest(path: $0, settings: settings, seed: seed), name) }
        }
        var failed = false
        for (request, name) in requests {
            let bar = ProgressBar(isWanted: true)
            defer { bar.end() }
            let (entry, result) = try folder.record(request, name: name, progress: bar.show)
            bar.end()
            if result.passed {
                print("recorded \(entry.captureFile): \(grouped(result.files.first?.frames ?? 0)) frames")
            } else {
                failed = true
                print("not recorded: \(request.path) did not pass")
                print(SummaryText.text(of: result), terminator: "")
            }
        }
        if failed { throw ExitCode(1) }
    }
}
