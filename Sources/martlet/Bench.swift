import ArgumentParser
import Performance
import Scenario

/// `martlet bench`.
struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure how fast the simulator is.",
        discussion: """
            hold: the event queue alone, in million events per second. pcie: how far the PCIe model is from published
            measurements. Tools/bench adds the peers that these are compared with: C++ and SystemC.

            Examples:
              martlet bench
              martlet bench hold --json
            """)

    /// What can be measured.
    enum Part: String, CaseIterable, ExpressibleByArgument {
        case hold, pcie, all
    }

    @Argument(help: "What to measure.")
    var part = Part.all
    @Option(help: "The folder that holds the folder Models.")
    var root = "."
    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        let parts: [Part] = part == .all ? [.hold, .pcie] : [part]
        var texts: [String] = []
        for part in parts {
            switch part {
            case .hold: texts.append(json ? HoldBenchmark.json(pendingCounts: Self.pendingCounts) : holdTable())
            case .pcie: texts.append(try pcie())
            case .all: break
            }
        }
        print(json && parts.count > 1 ? "[\(texts.joined(separator: ",\n"))]" : texts.joined(separator: "\n"))
    }

    private static let pendingCounts = [64, 1024, 16384]

    private func holdTable() -> String {
        var text = "hold model: million events per second\n"
        for result in runHold(pendingCounts: Self.pendingCounts) {
            text += "  \(result.pending) pending: \((result.rate * 10).rounded() / 10)\n"
        }
        return text
    }

    private func pcie() throws -> String {
        let comparison = try pcieComparison(root: root)
        return json ? try comparison.json() : comparison.table()
    }
}
