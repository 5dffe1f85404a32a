import ArgumentParser
import Foundation
import Scenario
import Servers

/// `martlet serve`.
struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve functions of a NIC to real drivers, over vfio-user sockets.",
        discussion: """
            Every --vfio-user PATH is the socket of one PCI function, which QEMU's vfio-user-pci device or any other
            vfio-user client attaches to. The functions are h0.pf0, h1.pf0 … on the wires w0, w1 …; each --wire says
            what the other end of a wire is, in the same order:
              reflector    answers ARP, neighbour discovery and ping for every address, and sends back everything else
                           with the addresses of every layer exchanged
              tap:NAME     a TAP interface of this machine, created when it does not exist
              sink         takes what arrives
              replay:FILE  sends the frames of a capture, at their own pace, when the driver can receive
              join         the wire of the other function that says so
            With a scenario, each --vfio-user FUNCTION=PATH is the socket of one of its functions (h0.pf0, n0.pf0vf1 …).
            Hosts whose functions are served have no software of ours; all others follow the scenario's steps, in real
            time. A virtual function is served while its physical function has it enabled. At --console PATH, each line
            HOST COMMAND is carried out by our driver and answered by a line STATUS BYTES and the output.
            Prints "listening on PATH" for every socket. SIGINT and SIGTERM end it: clients are disconnected, captures
            are completed and the summary is printed.
            Exit codes: 0 ended, 1 an account failed, 2 wrong usage or input, 3 an error in Martlet itself.

            Examples:
              martlet serve --vfio-user /tmp/nic.sock
              martlet serve --vfio-user /tmp/nic.sock --capture w0=wire.pcapng
              martlet serve --vfio-user /tmp/a.sock --vfio-user /tmp/b.sock --wire join
              martlet serve --vfio-user /tmp/nic.sock --wire tap:martlet0 --record session.martlet.zst
              martlet serve Tests/LinuxGuest/virtual-functions.yaml --vfio-user h0.pf0vf0=/tmp/a.sock \
                --vfio-user h0.pf0vf1=/tmp/b.sock --console /tmp/console
            """)

    @Argument(help: "A scenario to serve functions of.", completion: .file(extensions: ["yaml"]))
    var scenario: String?
    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("Give a parameter of the scenario a value.", valueName: "name=value"))
    var settings: [String] = []
    @Option(
        name: .customLong("vfio-user"),
        help: ArgumentHelp(
            "Serve a function at this socket; with a scenario, say which.", valueName: "[function=]path"))
    var sockets: [String] = []
    @Option(help: "The device model: a name in Models/ or a file.")
    var model = "connectx-6dx"
    @Option(
        help: ArgumentHelp(
            "The other end of a function's wire; one for each function, or one for all.", valueName: "end"))
    var wire: [String] = []
    @Option(
        help: ArgumentHelp(
            "Write the frames at a capture point (w0, h0.p0, h0.pf0 …) to a file: classic pcap when it ends in .pcap, else pcapng; compressed when it ends in .zst.",
            valueName: "point=file"))
    var capture: [String] = []
    @Option(
        help: ArgumentHelp("Keep the session in a file that `martlet replay` understands.", valueName: "file"))
    var record: String?
    @Option(
        name: .customLong("bus"),
        help: ArgumentHelp(
            "Write what crosses the buses to a text file, which `martlet inspect` prints.", valueName: "file"))
    var busTrace: String?
    @Option(
        help: ArgumentHelp("Take commands for hosts with our driver at this socket.", valueName: "path"))
    var console: String?
    @Flag(help: "Print the summary as one JSON object.")
    var json = false
    @Flag(help: "Print no summary.")
    var quiet = false

    func validate() throws {
        if sockets.isEmpty { throw ValidationError("nothing to serve: give --vfio-user PATH") }
        if Set(sockets).count != sockets.count { throw ValidationError("the same socket twice") }
        if sockets.count > 16 { throw ValidationError("at most 16 functions") }
        if scenario == nil, !settings.isEmpty || console != nil {
            throw ValidationError("--set and --console are for a scenario")
        }
        if scenario != nil, !wire.isEmpty { throw ValidationError("--wire, where the scenario has its own wires") }
        if scenario == nil && wire.count > 1 && wire.count != sockets.count {
            throw ValidationError("\(wire.count) wires for \(sockets.count) functions: one for each, or one for all")
        }
    }

    func run() throws {
        var request = try scenario.map(requestOfScenario) ?? requestOfSockets()
        request.outputs = try captureOutputs(capture)
        request.record = record
        request.console = console
        request.busTrace = busTrace
        let result = try serve(request, until: StopSignal()) { line in
            // At once, whatever standard output is: scripts wait for these lines.
            FileHandle.standardOutput.write(Data((line + "\n").utf8))
        }
        if json {
            print(result.json.text)
        } else if !quiet {
            let style = SummaryText.Style(usesColor: Terminal.showsColor)
            print(SummaryText.text(of: result, style: style), terminator: "")
        }
        if !result.passed { throw ExitCode(1) }
    }

    private func requestOfSockets() throws -> ServeRequest {
        let ends = try wire.isEmpty ? [.reflector] : wire.map(Self.farEnd)
        return ServeRequest(model: model, sockets: sockets, farEnds: ends)
    }

    private func requestOfScenario(_ path: String) throws -> ServeRequest {
        func pair(_ text: String, _ option: String, _ form: String) throws -> (String, String) {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { throw ValidationError("\(option) \(text): expected \(form)") }
            return (parts[0], parts[1])
        }
        let places = try sockets.map { try pair($0, "--vfio-user", "FUNCTION=PATH") }
        let values = try settings.map { try pair($0, "--set", "NAME=VALUE") }
        let scenario = ServeRequest.Scenario(
            path: path, settings: values.map { ScenarioDocument.Setting(name: $0.0, value: $0.1) },
            functions: places.map(\.0))
        return ServeRequest(scenario, sockets: places.map(\.1))
    }

    private static func farEnd(_ text: String) throws -> ServeRequest.FarEnd {
        guard let end = ServeRequest.FarEnd(text) else {
            throw ValidationError("--wire \(text): expected \(ServeRequest.FarEnd.forms)")
        }
        return end
    }
}
