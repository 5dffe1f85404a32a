import ArgumentParser
import Capture
import Scenario

/// `martlet verify`.
struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the scenarios of golden traces again and prove that nothing has changed.",
        discussion: """
            Compares every frame (bytes, time, point, direction, comment), every counter and every latency. A mismatch
            prints the first difference in time order: the frame, the fields that differ, the bytes, the frames just
            before, and the events of the machine that led there. With --ignore-time or --tolerance, latencies are not
            compared, nor counters of polls, interrupts, completions and PCIe, which follow the times; all others are.
            Exit codes: 0 nothing has changed, 1 something has, 2 a trace is damaged or its scenario cannot be run.

            Examples:
              martlet verify
              martlet verify Traces/forward.pcapng.zst
              martlet verify --tolerance 50ns --junit verify.xml
            """)

    @Argument(help: "Folders of golden traces, or single traces.")
    var paths: [String] = ["Traces"]
    @Flag(help: "Compare the sequence of frames at each point, not when they passed.")
    var ignoreTime = false
    @Option(help: ArgumentHelp("Let times lie this far apart, such as 50ns.", valueName: "duration"))
    var tolerance: String?
    @Option(help: ArgumentHelp("Write the results as JUnit XML.", valueName: "file"))
    var junit: String?
    @Flag(help: "Print the results as one JSON object.")
    var json = false

    func run() throws {
        let options = TraceComparison.Options(ignoresTime: ignoreTime, tolerance: try duration(tolerance))
        var results: [GoldenTraceVerification] = []
        var mistakes: [Mistake] = []
        for entry in try GoldenTraceFolder.entries(at: paths) {
            switch verified(entry, options) {
            case .success(let result):
                results.append(result)
                if !json { show(result) }
            case .failure(let error): mistakes += error.mistakes
            }
        }
        if let junit {
            try write(JUnit(suite: "martlet verify", cases: results.map(\.junit)).xml, to: junit)
        }
        if json { print(JSONValue.object(["traces": .array(results.map(\.json))]).text) }
        guard mistakes.isEmpty else { throw ScenarioError(mistakes) }
        if !results.allSatisfy(\.passed) { throw ExitCode(1) }
    }

    private func verified(
        _ entry: GoldenTraceFolder.Entry, _ options: TraceComparison.Options
    ) -> Result<GoldenTraceVerification, ScenarioError> {
        let bar = ProgressBar(isWanted: true)
        defer { bar.end() }
        do throws(ScenarioError) {
            return .success(try GoldenTraceVerification.verify(entry, options: options, progress: bar.show))
        } catch {
            return .failure(error)
        }
    }

    private func show(_ result: GoldenTraceVerification) {
        if result.passed {
            print("same     \(result.entry.captureFile): \(grouped(UInt64(result.frames))) frames")
        } else {
            print("CHANGED  \(result.entry.captureFile)\n")
            print(result.report)
        }
    }
}
