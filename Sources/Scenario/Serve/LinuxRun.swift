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
/// A host that others are guests of keeps our driver: QEMU hides the SR-IOV capability, so a guest cannot enable virtual
/// functions. Who has one starts once it exists.
///
/// - Throws: what the scenario asks for that a guest does not have, and what is wrong with the user's input.
package func runScenarioOnLinux(
    _ document: ScenarioDocument, _ request: LinuxRequest, options: RunOptions, until stop: StopSignal
) throws(ScenarioError) -> RunResult {
    let served = document.hosts.indices.filter { !document.isHypervisor($0) }
    let document = try document.serving(hosts: served, option: "--driver linux")
    let folder = NSTemporaryDirectory() + "martlet-\(UUID().uuidString.prefix(8))"
    let functions = served.flatMap { document.drivenFunctions(of: $0).map(\.reference) }
    func socket(_ function: FunctionReference) -> String { "\(folder)/\(document.name(of: function))" }
    var session = LiveSession(world: try World(document, options: options)) { _ in }
    // The steps are this session's to follow, and not the world's.
    session.world.stopSteps()
    session.followsSteps = true
    session.script = LiveScript(
        document, request,
        sockets: document.hosts.indices.map { host in
            served.contains(host) ? document.drivenFunctions(of: host).map { socket($0.reference) } : []
        })
    defer { try? FileManager.default.removeItem(atPath: folder) }
    do throws(SystemError) {
        guard (try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)) != nil
        else { throw SystemError("make the folder \(folder)", code: 13) }
        try session.open(functions, at: functions.map { socket($0) })
    } catch {
        throw ScenarioError([
            Mistake(SourceLocation(file: "--driver linux"), found: "\(error)", expected: "guests that can start")
        ])
    }
    session.world.plugFunctions()
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
