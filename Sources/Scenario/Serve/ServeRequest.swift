import Capture
import Simulation
internal import Wire

/// Functions to be served to drivers outside, and what is at the other end of their wires.
package struct ServeRequest: Sendable {
    /// The other end of a function's wire.
    package enum FarEnd: Sendable, Equatable {
        /// Answers ARP, neighbour discovery and echo requests for every address, and sends back the rest with the
        /// addresses of every layer exchanged.
        case reflector
        /// A TAP interface of this machine.
        case tap(name: String)
        /// Takes what arrives.
        case sink
        /// Sends the frames of a capture, at their own pace, once the driver receives, and takes what arrives.
        case replay(path: String)
        /// The wire of the next function.
        case join
    }

    /// A scenario, some of whose functions are served.
    package struct Scenario: Sendable, Equatable {
        /// The scenario's file.
        package var path: String
        /// Values of its parameters.
        package var settings: [ScenarioDocument.Setting]
        /// The names of the functions that are served, one for each socket.
        package var functions: [String]

        package init(path: String, settings: [ScenarioDocument.Setting] = [], functions: [String]) {
            self.path = path
            self.settings = settings
            self.functions = functions
        }
    }

    /// The scenario that is served; `nil` for functions that each are the first of a NIC and a host of its own.
    package var scenario: Scenario?
    /// Name of the device model, or the path of its file, where there is no scenario.
    package var model: String
    /// The sockets, one for each function.
    package var sockets: [String]
    /// One for each function, or one for all.
    package var farEnds: [FarEnd]
    /// Capture files to write.
    package var outputs: [RunOptions.Output]
    package var seed: UInt64
    /// File for what crosses the buses; `nil` for none.
    package var busTrace: String?
    /// File to keep the session in, to be replayed; `nil` for none.
    package var record: String?
    /// Socket at which commands for hosts with our driver come in; `nil` for none.
    package var console: String?

    package init(
        model: String, sockets: [String], farEnds: [FarEnd], outputs: [RunOptions.Output] = [], seed: UInt64 = 1
    ) {
        self.model = model
        self.sockets = sockets
        self.farEnds = farEnds
        self.outputs = outputs
        self.seed = seed
    }

    /// Functions of `scenario` are served at `sockets`; everything else of it has our driver and software.
    package init(_ scenario: Scenario, sockets: [String], outputs: [RunOptions.Output] = [], seed: UInt64 = 1) {
        self.init(model: "", sockets: sockets, farEnds: [], outputs: outputs, seed: seed)
        self.scenario = scenario
    }

    /// What is served, and which of its functions is behind which socket.
    ///
    /// - Throws: every mistake in the request.
    func resolve() throws(ScenarioError) -> (document: ScenarioDocument, functions: [FunctionReference]) {
        var (document, functions) = try described()
        var mistakes: [Mistake] = []
        for point in outputs.flatMap(\.points) {
            if let mistake = document.addPoint(named: point, at: SourceLocation(file: "--capture")) {
                mistakes.append(mistake)
            }
        }
        if !mistakes.isEmpty { throw ScenarioError(mistakes) }
        return (document, functions)
    }

    private func described() throws(ScenarioError) -> (ScenarioDocument, [FunctionReference]) {
        if let scenario { return try scenario.resolve() }
        let functions = sockets.indices.map { FunctionReference(nic: $0, physical: 0) }
        return (try document(), functions)
    }

    /// A scenario made for the sockets: host `h0` with function `h0.pf0` behind the first, on wire `w0`, and so on.
    private func document() throws(ScenarioError) -> ScenarioDocument {
        var document = ScenarioDocument()
        document.name = "serve"
        document.path = "--vfio-user"
        document.seed = seed
        let model = try DeviceModel.named(model, option: "--model")
        for index in sockets.indices {
            let place = SourceLocation(file: "--vfio-user")
            var host = HostDescription(name: "h\(index)", location: place)
            host.isServed = true
            // The host's memory is that of the client.
            host.memoryByteCount = 16 << 20
            var nic = NICDescription(name: host.name, model: model, location: place)
            nic.links = [.init(host: index)]
            nic.functions = [
                PhysicalFunctionDescription(
                    FunctionReference(nic: index, physical: 0), name: "pf0", port: 0, host: index, netdev: "eth0",
                    mac: MACAddress(2, 0, 0, UInt8(index), 0, 1), location: place)
            ]
            document.hosts.append(host)
            document.nics.append(nic)
        }
        try connect(&document, bitsPerSecond: model.portBitsPerSecond)
        return document
    }

    private func connect(_ document: inout ScenarioDocument, bitsPerSecond: UInt64) throws(ScenarioError) {
        var partner: Int?
        for index in sockets.indices {
            let own = WireDescription.End.port(nic: index, port: 0)
            let far = farEnds.count == 1 ? farEnds[0] : farEnds[index]
            let other: WireDescription.End
            switch far {
            case .join:
                guard let first = partner else {
                    partner = index
                    continue
                }
                partner = nil
                document.wires.append(wire(document, .port(nic: first, port: 0), own, bitsPerSecond))
                continue
            case .reflector: other = traffic(&document, "reflector\(index)", .respond)
            case .tap(let name): other = traffic(&document, name, .outside)
            case .sink: other = traffic(&document, "sink\(index)", .sink)
            case .replay(let path): other = traffic(&document, "replay\(index)", .replay(ReplaySettings(path: path)))
            }
            document.wires.append(wire(document, own, other, bitsPerSecond))
        }
        guard partner == nil else {
            throw ScenarioError([
                Mistake(
                    SourceLocation(file: "--wire"), found: "an odd number of joined functions",
                    expected: "join for two functions each")
            ])
        }
    }

    private func wire(
        _ document: ScenarioDocument, _ first: WireDescription.End, _ second: WireDescription.End, _ rate: UInt64
    ) -> WireDescription {
        WireDescription(
            name: "w\(document.wires.count)", first: first, second: second, propagation: .nanoseconds(10),
            bitsPerSecond: rate)
    }

    private func traffic(
        _ document: inout ScenarioDocument, _ name: String, _ kind: TrafficDescription.Kind
    ) -> WireDescription.End {
        document.traffic.append(
            TrafficDescription(name: name, kind: kind, location: SourceLocation(file: "--wire")))
        return .traffic(document.traffic.count - 1)
    }
}

extension ServeRequest.Scenario {
    private static let option = "--vfio-user"

    /// The scenario with the drivers of the named functions' hosts outside.
    ///
    /// - Throws: every mistake in the file, or in what is to be served of it.
    func resolve() throws(ScenarioError) -> (ScenarioDocument, [FunctionReference]) {
        let document = try ScenarioFile.load(path: path, settings: settings)
        var mistakes: [Mistake] = []
        var references: [FunctionReference] = []
        let described = document.hosts.indices.flatMap { document.drivenFunctions(of: $0) }.map {
            document.name(of: $0.reference)
        }
        for name in functions {
            let place = SourceLocation(file: Self.option)
            guard let reference = document.function(named: name), reference.child?.isSubfunction != true else {
                mistakes.append(
                    Mistake(
                        place, found: "the function \"\(name)\"", expected: DocumentReader.list(described),
                        suggestion: NearestName.of(name, among: described)))
                continue
            }
            if references.contains(reference) {
                mistakes.append(Mistake(place, found: "\(name) twice", expected: "a socket for each function"))
            }
            references.append(reference)
        }
        if !mistakes.isEmpty { throw ScenarioError(mistakes) }
        let hosts = Set(references.map { document.driver(of: $0).host }).sorted()
        // A host has our software or none: whoever drives one of its functions drives them all.
        for function in hosts.flatMap({ document.drivenFunctions(of: $0) })
        where !references.contains(function.reference) {
            let host = document.hosts[document.driver(of: function.reference).host].name
            mistakes.append(
                Mistake(
                    SourceLocation(file: Self.option), found: "no socket for \(document.name(of: function.reference))",
                    expected: "one for each function of \(host)"))
        }
        let served = try document.serving(hosts: hosts, option: Self.option)
        mistakes += served.mistakesInStepsOfServedHosts(option: Self.option)
        if !mistakes.isEmpty { throw ScenarioError(mistakes) }
        return (served, references)
    }
}
