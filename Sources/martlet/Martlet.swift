import ArgumentParser
import Capture
import Foundation
import Performance
import Scenario

/// The command.
///
/// Every subcommand reads its arguments and prints; what it does is in the rooms below.
@main
struct Martlet: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "martlet",
        abstract: "A NIC without the silicon: runs, records, compares and explains an emulated SmartNIC.",
        discussion: """
            Exit codes of every subcommand:
              0  passed
              1  an expectation, an account or a comparison failed
              2  wrong usage or wrong input; every mistake is listed
              3  an error in Martlet itself

            Examples:
              martlet run
              martlet run Scenarios/replay.yaml --set input=FILE.pcap --capture h0.eth0=arrived.pcap
              martlet verify
            """,
        version: "martlet \(GoldenTrace.martletVersion)",
        subcommands: [
            Run.self, Serve.self, Replay.self, Record.self, Verify.self, Inspect.self, Models.self, Bench.self,
        ])

    /// Runs the subcommand and ends the process with its exit code.
    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let code as ExitCode {
            Foundation.exit(code.rawValue)
        } catch {
            Foundation.exit(report(error))
        }
    }

    /// Says what went wrong and returns the exit code for it.
    private static func report(_ error: any Error) -> Int32 {
        switch error {
        case is ScenarioError, is PCIeModelError: standardError("\(error)")
        case let error as CaptureError: standardError("error: \(error)")
        case let error as InputError: standardError("error: \(error.text)")
        default:
            let code = exitCode(for: error).rawValue
            let text = fullMessage(for: error)
            if code == 0 {
                if !text.isEmpty { print(text) }
                return 0
            }
            standardError(text)
            return code == ExitCode.validationFailure.rawValue ? 2 : 3
        }
        return 2
    }
}
