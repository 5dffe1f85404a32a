import Foundation
import Testing

/// The built command, if there is one.
private let builtCommand: String? = {
    let places = [Bundle.main.executableURL, CommandLine.arguments.first.map { URL(fileURLWithPath: $0) }]
    return places.compactMap { $0?.deletingLastPathComponent().appendingPathComponent("martlet").path }
        .first { FileManager.default.isExecutableFile(atPath: $0) }
}()

/// Runs the built command.
///
/// It is beside the test bundle when the whole package was built, as `swift test` does.
@Suite("The command", .enabled(if: builtCommand != nil, "the command is not built"))
struct ReportCommandTests {
    private struct Outcome {
        var code: Int32
        var output: String
        var error: String
    }

    private func martlet(_ arguments: String..., folder: String = ReportWorkbench.package) throws -> Outcome {
        try martlet(arguments, folder: folder)
    }

    private func martlet(_ arguments: [String], folder: String = ReportWorkbench.package) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(builtCommand))
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        let files = (0..<2).map { _ in NSTemporaryDirectory() + "martlet-command-" + UUID().uuidString }
        defer { files.forEach { try? FileManager.default.removeItem(atPath: $0) } }
        files.forEach { _ = FileManager.default.createFile(atPath: $0, contents: nil) }
        process.standardOutput = FileHandle(forWritingAtPath: files[0])
        process.standardError = FileHandle(forWritingAtPath: files[1])
        try process.run()
        process.waitUntilExit()
        let texts = try files.map { try String(contentsOfFile: $0, encoding: .utf8) }
        return Outcome(code: process.terminationStatus, output: texts[0], error: texts[1])
    }

    @Test func `a run that passes exits 0 and prints its summary`() throws {
        let bench = try ReportWorkbench()
        let outcome = try martlet("run", bench.scenario)
        #expect(outcome.code == 0)
        #expect(outcome.error == "")
        #expect(outcome.output.hasPrefix("small, seed 5: "))
        #expect(outcome.output.hasSuffix("\npassed\n"))
        #expect(try martlet("run", bench.scenario, "--quiet").output == "")
    }

    @Test func `an expectation that is not met exits 1`() throws {
        let bench = try ReportWorkbench()
        let outcome = try martlet("run", bench.scenario, "--set", "count=19")
        #expect(outcome.code == 1)
        #expect(outcome.output.contains("NOT MET h0.eth0.rx_packets == 20"))
    }

    @Test func `wrong usage exits 2`() throws {
        for arguments in [["run", "--sed", "1"], ["runn"], ["run", "--seed", "x"], ["verify", "--tolerance", "50"]] {
            let outcome = try martlet(arguments)
            #expect(outcome.code == 2, "\(arguments)")
            #expect(!outcome.error.isEmpty && outcome.output.isEmpty)
        }
    }

    @Test func `wrong input exits 2 and every mistake has its line`() throws {
        let bench = try ReportWorkbench()
        try bench.replace("length: 2m", with: "length: 2q", in: bench.scenario)
        try bench.replace("start: gen0", with: "start: gen1", in: bench.scenario)
        let outcome = try martlet("run", bench.scenario)
        #expect(outcome.code == 2)
        #expect(outcome.error.contains("small.yaml:13:"))
        #expect(outcome.error.contains("small.yaml:17:"))
        #expect(outcome.output == "")
    }

    @Test func `record, verify and inspect work together`() throws {
        let bench = try ReportWorkbench()
        let recorded = try martlet("record", "Scenarios/small.yaml", folder: bench.root)
        #expect(recorded.code == 0)
        #expect(recorded.output == "recorded Traces/small.pcapng.zst: 80 frames\n")
        #expect(try martlet("verify", folder: bench.root).output == "same     Traces/small.pcapng.zst: 80 frames\n")
        let elsewhere = try martlet("verify", bench.traces, folder: "/")
        #expect(elsewhere.code == 0)
        let listed = try martlet("inspect", bench.traces + "/small.pcapng.zst", "--point", "w0", "--limit", "1")
        #expect(listed.code == 0)
        #expect(listed.output.contains("h0.eth0            40 frames"))
        try bench.replace("seed: 5", with: "seed: 5\ndescription: x", in: bench.scenario)
        try bench.replace("flows: 4", with: "flows: 5", in: bench.scenario)
        let changed = try martlet("verify", "--junit", "j.xml", folder: bench.root)
        #expect(changed.code == 1)
        #expect(changed.output.hasPrefix("CHANGED  Traces/small.pcapng.zst\n"))
        #expect(try bench.text(of: bench.root + "/j.xml").contains("failures=\"1\""))
    }

    @Test func `help of every subcommand has examples`() throws {
        for name in ["run", "record", "verify", "inspect", "models", "bench"] {
            let outcome = try martlet(name, "--help")
            #expect(outcome.code == 0)
            #expect(outcome.output.contains("martlet \(name)"))
            #expect(outcome.output.contains("Examples:"))
        }
        #expect(try martlet("--help").output.contains("3  an error in Martlet itself"))
    }
}
