import ArgumentParser
import Performance
import Scenario

/// `martlet bench`.
struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure how fast the simulator is.",
        discussion: """
            hold: the event queue alone, in million events per second. loop64: 64-byte frames through transmit queue,
            wire and receive queue with the driver at both ends, without and with a capture. pcie: how far the PCIe
            model is from published measurements. functions: memory and time of 4,096 subfunctions. Tools/bench adds the peers that these are compared with: C++ and
            SystemC.

            Examples:
              martlet bench
              martlet bench hold --json
              martlet bench loop64 --frames 500000
            """)

    /// What can be measured.
    enum Part: String, CaseIterable, ExpressibleByArgument {
        case hold, loop64, pcie, functions, all
    }

    @Argument(help: "What to measure.")
    var part = Part.all
    @Option(help: "Frames of loop64.")
    var frames = 2_000_000
    @Option(help: "The folder that holds the folder Models.")
    var root = "."
    @Flag(help: "Print one JSON object.")
    var json = false

    private static let pendingCounts = [64, 1024, 16384]

    func validate() throws {
        if frames < 100_000 { throw ValidationError("--frames must be at least 100000 to say anything") }
    }

    func run() throws {
        switch part {
        case .hold: print(json ? HoldBenchmark.json(pendingCounts: Self.pendingCounts) : holdTable())
        case .loop64:
            let result = try Loop64Benchmark.run(frames: frames, root: root)
            print(json ? result.json.text : result.text)
        case .pcie:
            let comparison = try pcieComparison(root: root)
            print(json ? comparison.benchmarkJSON.text : comparison.table())
        case .functions:
            let result = try FunctionsBenchmark.run(root: root)
            print(json ? result.json.text : result.text)
        case .all: try measureAll()
        }
    }

    private func measureAll() throws {
        let hold = json ? HoldBenchmark.json(pendingCounts: Self.pendingCounts) : holdTable()
        let loop = try Loop64Benchmark.run(frames: frames, root: root)
        let pcie = try pcieComparison(root: root)
        let functions = try FunctionsBenchmark.run(root: root)
        guard json else { return print([hold, loop.text, functions.text, pcie.table()].joined(separator: "\n")) }
        // The first is an object of two members, which become members of the whole.
        let others: [(name: String, value: JSONValue)] = [
            ("loop64", loop.json), ("functions", functions.json), ("pcie", pcie.benchmarkJSON),
        ]
        print(hold.dropLast() + others.map { ", \"\($0.name)\": \($0.value.text)" }.joined() + "}")
    }

    private func holdTable() -> String {
        var text = "hold model: million events per second\n"
        for result in runHold(pendingCounts: Self.pendingCounts) {
            text += "  \(result.pending) pending: \((result.rate * 10).rounded() / 10)\n"
        }
        return text
    }
}
