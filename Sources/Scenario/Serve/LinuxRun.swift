import Capture
internal import Foundation
package import Servers
internal import Simulation

/// How stock Linux is put in place of the built-in driver.
package struct LinuxRequest: Sendable {
    /// The program that runs guests.
    package var tool: String
    /// The kernel's version, as the tool names it.
    package var kernel: String

    package init(tool: String = "Tools/linux-guest", kernel: String = "6.12") {
        self.tool = tool
        self.kernel = kernel
    }
}

/// Runs a scenario whose functions are driven by stock Linux in guests: the steps' commands go to the guests' shells,
/// time is real time, and the drivers' counters are what `ethtool -S` says.
///
/// - Throws: what the scenario asks for that a guest does not have, and what is wrong with the user's input.
package func runScenarioOnLinux(
    _ document: ScenarioDocument, _ request: LinuxRequest, options: RunOptions, until stop: StopSignal
) throws(ScenarioError) -> RunResult {
    let document = try document.served()
    let folder = NSTemporaryDirectory() + "martlet-\(UUID().uuidString.prefix(8))"
    let sockets = document.hosts.indices.flatMap { host in
        document.physicalFunctions(of: host).map { "\(folder)/\(document.name(of: $0.reference))" }
    }
    var session = LiveSession(world: try World(document, options: options)) { _ in }
    session.script = LiveScript(document)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    do throws(SystemError) {
        guard (try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)) != nil
        else { throw SystemError("make the folder \(folder)", code: 13) }
        try session.open(sockets)
        try session.startGuests(request, sockets: sockets)
    } catch {
        throw ScenarioError([
            Mistake(SourceLocation(file: "--driver linux"), found: "\(error)", expected: "guests that can start")
        ])
    }
    let captures = document.captures.compactMap { capture in
        capture.path.map { RunOptions.Output(points: [capture.point], path: $0) }
    }
    let outputs = options.outputs + (options.writesScenarioCaptures ? captures : [])
    do throws(CaptureError) {
        var result = try session.run(
            outputs: outputs, until: stop, counters: document.frameCounters, comment: "scenario \(document.name), Linux"
        )
        result.scenario = document.name
        result.path = document.path
        result.seed = options.seed ?? document.seed
        evaluateExpectations(of: document, in: &result, counters: session.sink.frameCounters)
        return result
    } catch {
        throw ScenarioError([Mistake(SourceLocation(file: error.file), found: error.found, expected: error.expected)])
    }
}

extension ScenarioDocument {
    /// The same scenario with every driver in a guest.
    ///
    /// - Throws: what a guest does not have: applications that send, and capture points at its interfaces.
    func served() throws(ScenarioError) -> ScenarioDocument {
        var document = self
        var mistakes: [Mistake] = []
        for index in document.hosts.indices {
            document.hosts[index].isServed = true
            document.hosts[index].memoryByteCount = 16 << 20
            for application in document.hosts[index].applications {
                switch application.application {
                case .none, .sink: continue
                case .forward, .reflect, .generate, .replay:
                    mistakes.append(
                        Mistake(
                            application.location, found: "an application that sends",
                            expected: "none or sink, as the driver is Linux (--driver linux)"))
                }
            }
        }
        func check(_ point: String, _ location: SourceLocation) {
            if let mistake = document.mistake(inPoint: point, at: location) { mistakes.append(mistake) }
        }
        for expectation in expectations {
            if case .frames(let selection, _) = expectation.kind { check(selection.point, expectation.location) }
        }
        // Captures at the guests' interfaces are left out: the rest of the scenario does not depend on them.
        let points = document.capturePoints
        document.captures.removeAll { !points.contains($0.point) }
        if !mistakes.isEmpty { throw ScenarioError(mistakes) }
        return document
    }
}
