import BasicContainers
import Capture
import Driver
import Host
import NIC
import Simulation
import Wire

/// How a scenario becomes a world.
extension World {
    /// Composes everything that `document` describes; nothing has started yet.
    ///
    /// - Throws: what is wrong with a capture that is to be replayed.
    package init(_ document: ScenarioDocument, options: RunOptions) throws(ScenarioError) {
        let seed = options.seed ?? document.seed
        points = document.points.enumerated().map { index, point in
            PointName(name: point.name, kind: Self.kind(of: point.place), point: TapPoint(index: UInt8(index)))
        }
        computers = UniqueArray<Computer>()
        nics = UniqueArray<NIC>()
        hostsOfNIC = document.nics.map { $0.links.map(\.host) }
        platform = Platform(hostCount: max(document.hosts.count, 1)) { index in
            Host(memoryByteCount: index < document.hosts.count ? document.hosts[index].memoryByteCount : 1 << 16)
        }
        links = []
        linkOfPort = Array(repeating: -1, count: document.nics.count * 8)
        linkOfTraffic = Array(repeating: -1, count: document.traffic.count)
        traffic = []
        script = Script(steps: document.steps)
        replays = []
        try Self.check(document)
        for nic in document.nics { add(nic, of: document) }
        for index in document.hosts.indices { addComputer(index, of: document) }
        for (index, wire) in document.wires.enumerated() { plug(wire, index: index) }
        for (index, endpoint) in document.traffic.enumerated() {
            traffic.append(try Self.makeEndpoint(endpoint, rate: rate(ofTraffic: index), seed: seed &+ UInt64(index)))
        }
        for (hostIndex, host) in document.hosts.enumerated() {
            try prepareApplications(host, document.physicalFunctions(of: hostIndex), index: hostIndex)
        }
        leaveUnpluggedPortsDown()
        if let moment = options.explainsUpTo {
            explanation = Explanation(upTo: moment, capacity: options.explainedEventCount)
        }
    }

    /// Refuses what a world cannot be composed of yet.
    private static func check(_ document: ScenarioDocument) throws(ScenarioError) {
        for nic in document.nics {
            let mistaken = nic.functions.first { $0.host != nic.links[$0.link].host || !$0.declaredChildren.isEmpty }
            guard let mistaken else { continue }
            throw ScenarioError([
                Mistake(
                    mistaken.location, found: "functions of guests, virtual functions or subfunctions",
                    expected: "physical functions of the NIC's hosts")
            ])
        }
    }

    private static func kind(of place: CapturePoint.Place) -> PointName.Kind {
        switch place {
        case .wire: .wire
        case .port: .port
        case .function: .function
        case .netdev: .netdev
        }
    }

    private func point(_ name: String) -> TapPoint? { points.first { $0.name == name }?.point }

    /// Adds a NIC and attaches its functions to their hosts.
    private mutating func add(_ description: NICDescription, of document: ScenarioDocument) {
        let model = description.model
        var parameters = model.nic
        parameters.functions = description.functions.map {
            FunctionDescription(
                port: PortID($0.port), macAddress: $0.mac, link: $0.link,
                isEmbedded: description.links[$0.link].isEmbedded)
        }
        // A real driver finds the whole device; our own is content with the least.
        if description.links.contains(where: { document.hosts[$0.host].isServed }) {
            parameters.firmware.features = .all
        }
        parameters.portSpeeds = Array(repeating: model.portBitsPerSecond / 1_000_000, count: model.portCount)
        let first = nics.isEmpty ? 0 : nics[nics.count - 1].layout.range.upperBound
        var nic = NIC(parameters, firstFunction: first)
        for port in 0..<model.portCount { nic.portTaps[port] = point("\(description.name).p\(port)") }
        for (number, function) in description.functions.enumerated() {
            let id = nic.layout.physical(number)
            nic.setTap(point(document.name(of: function.reference)), of: id)
            let pageShift = UInt64(document.hosts[function.host].iommuPageByteCount.trailingZeroBitCount)
            platform.attach(id, to: function.host, IOMMUDomain(pageShift: pageShift))
        }
        nics.append(nic)
    }

    /// Adds the software of a host and the physical functions that it is to find.
    private mutating func addComputer(_ index: Int, of document: ScenarioDocument) {
        let host = document.hosts[index]
        let end = (1 << 20) + (host.memoryByteCount - (1 << 20)) & ~0x1f_ffff
        var software = HostSoftware(name: host.name, parameters: Self.software(host), memory: 1 << 20..<end)
        var functions: [Computer.AssignedFunction] = []
        for function in document.physicalFunctions(of: index) where !host.isServed {
            let nic = function.reference.nic
            let bus = UInt16(document.nics[nic].links[function.link].bus)
            functions.append(
                Computer.AssignedFunction(
                    function: nics[nic].layout.physical(function.reference.physical),
                    address: PCIAddress(routingID: bus << 8 | UInt16(function.reference.physical)),
                    netdev: function.netdev))
            software.setTapPoint(point("\(host.name).\(function.netdev)"), of: function.netdev)
        }
        var computer = Computer(name: host.name, software: software, functions: functions)
        computer.isServed = host.isServed
        computers.append(computer)
    }

    private static func software(_ host: HostDescription) -> HostSoftwareParameters {
        let costs = host.software
        var parameters = HostSoftwareParameters()
        parameters.coreCount = host.processorCount
        parameters.perPacketReceive = costs.perPacketReceive
        parameters.perPacketTransmit = costs.perPacketTransmit
        parameters.perInterrupt = costs.perInterrupt
        parameters.perDoorbell = costs.perDoorbell
        return parameters
    }

    private mutating func plug(_ wire: WireDescription, index: Int) {
        let first = end(wire.first)
        let second = end(wire.second)
        links.append(
            WireLink(
                name: wire.name, first: first, second: second, propagation: wire.propagation,
                rate: LineRate(bitsPerSecond: wire.bitsPerSecond),
                tap: points.first { $0.name == wire.name }?.point))
        for end in [first, second] {
            switch end {
            case .port(let nic, let port): linkOfPort[Int(nic) * 8 + Int(port)] = index
            case .traffic(let endpoint): linkOfTraffic[Int(endpoint)] = index
            }
        }
    }

    private func end(_ end: WireDescription.End) -> WireEnd {
        switch end {
        case .port(let nic, let port): .port(nic: UInt8(nic), port: UInt8(port))
        case .traffic(let index): .traffic(UInt8(index))
        }
    }

    private func rate(ofTraffic index: Int) -> LineRate {
        linkOfTraffic[index] >= 0 ? links[linkOfTraffic[index]].rate : .gigabits(100)
    }

    private static func makeEndpoint(
        _ description: TrafficDescription, rate: LineRate, seed: UInt64
    ) throws(ScenarioError) -> TrafficEndpoint {
        let role: TrafficEndpoint.Role =
            switch description.kind {
            case .sink: .sink
            case .reflect: .reflect
            case .respond: .respond
            case .outside: .outside
            case .generate(let settings): .generate(settings.pattern)
            case .replay(let settings):
                .replay(
                    try loadCapture(settings, at: description.location), rate: settings.rate,
                    repetitions: settings.repetitions)
            }
        return TrafficEndpoint(name: description.name, role: role, rate: rate, seed: seed)
    }

    /// The frames of a capture; one that was cut when it was captured cannot be replayed.
    private static func loadCapture(
        _ settings: ReplaySettings, at location: SourceLocation
    ) throws(ScenarioError) -> ReplayInput {
        var input = ReplayInput()
        do throws(CaptureError) {
            var reader = try CaptureReader(path: settings.path)
            var start: UInt64?
            while let frame = try reader.next() {
                if let limit = settings.limit, input.count >= limit { break }
                if frame.isTruncated || frame.originalByteCount > FramePool.longestFrame {
                    let kept = frame.capturedBytes.count
                    throw CaptureError(
                        file: settings.path, frameNumber: reader.frameCount,
                        found: "\(kept) bytes of a frame of \(frame.originalByteCount)",
                        expected: "whole frames of at most \(FramePool.longestFrame) bytes")
                }
                let origin = start ?? frame.timestampNanoseconds
                start = origin
                let time = frame.timestampNanoseconds > origin ? frame.timestampNanoseconds - origin : 0
                input.append(frame.capturedBytes, nanoseconds: time)
            }
        } catch {
            throw ScenarioError([
                Mistake(location, found: error.found, expected: "\(error.expected) (\(error.file))")
            ])
        }
        return input
    }

    private mutating func prepareApplications(
        _ host: HostDescription, _ functions: [PhysicalFunctionDescription], index: Int
    ) throws(ScenarioError) {
        for function in functions {
            let application = host.application(on: function.netdev)
            guard case .replay(let settings) = application else {
                setApplication(application, on: function.netdev, of: index)
                continue
            }
            let input = try Self.loadCapture(settings, at: function.location)
            let rate = settings.rate
            replays.append(
                DriverReplay(host: index, netdev: function.netdev, input: input, rate: rate, settings: settings))
        }
    }

    /// Puts `application` on top of a netdev; a generator begins when the scenario starts it.
    private mutating func setApplication(
        _ application: HostDescription.Application, on netdev: String, of index: Int
    ) {
        switch application {
        case .none, .sink, .replay: break
        case .reflect: computers[index].software.setApplication(.reflect, on: netdev, at: .zero)
        case .forward(let target):
            computers[index].software.setApplication(
                .forward(to: target == netdev ? nil : target), on: netdev, at: .zero)
        case .generate(let settings):
            let pattern = Self.driverPattern(settings)
            computers[index].software.prepare(for: pattern, on: netdev)
            generators.append(DriverGenerator(host: index, netdev: netdev, pattern: pattern))
        }
    }

    private static func driverPattern(_ settings: GeneratorSettings) -> Driver.TrafficPattern {
        var pattern = Driver.TrafficPattern()
        pattern.frameSizes = settings.pattern.sizes.flatMap { Array(repeating: $0.byteCount, count: $0.weight) }
        pattern.flowCount = settings.pattern.flowCount
        switch settings.pattern.rate {
        case .framesPerSecond(let rate): pattern.framesPerSecond = rate
        case .bitsPerSecond(let rate):
            let mean = pattern.frameSizes.reduce(0, +) / pattern.frameSizes.count + LineRate.framingByteCount
            pattern.framesPerSecond = max(1, rate / UInt64(mean * 8))
        case .line, .capture: break
        }
        pattern.burst = settings.pattern.burst
        pattern.frameCount = settings.pattern.count
        pattern.transport = settings.pattern.transport == .udp ? .udp : .tcp
        pattern.isIPv6 = settings.pattern.version6
        let octets = settings.pattern.destination
        pattern.destination = MACAddress(octets[0], octets[1], octets[2], octets[3], octets[4], octets[5])
        if let segment = settings.segmentByteCount {
            pattern.segmentByteCount = segment
            pattern.tsoByteCount = (pattern.frameSizes.max() ?? 0)
        }
        pattern.requestsChecksums = settings.offloadsChecksums
        pattern.vlan = settings.vlan
        return pattern
    }

    /// A port without a wire has no carrier.
    private mutating func leaveUnpluggedPortsDown() {
        for nic in 0..<nics.count {
            for port in nics[nic].ports.indices where linkOfPort[nic * 8 + port] < 0 {
                nics[nic].ports[port].isConnected = false
            }
        }
    }
}
