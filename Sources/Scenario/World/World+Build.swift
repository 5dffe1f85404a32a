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
        points = document.capturePoints.enumerated().map { index, name in
            PointName(
                name: name, kind: Self.kind(of: name, in: document), point: TapPoint(index: UInt8(index)))
        }
        computers = UniqueArray<Computer>()
        nics = UniqueArray<NIC>()
        hostsOfNIC = document.hosts.indices.map { [$0] }
        platform = Platform(hostCount: max(document.hosts.count, 1)) { index in
            Host(memoryByteCount: index < document.hosts.count ? document.hosts[index].memoryByteCount : 1 << 16)
        }
        links = []
        linkOfPort = Array(repeating: -1, count: document.hosts.count * 8)
        linkOfTraffic = Array(repeating: -1, count: document.traffic.count)
        traffic = []
        script = Script(steps: document.steps)
        replays = []
        for (index, host) in document.hosts.enumerated() { add(host, index: index) }
        for (index, wire) in document.wires.enumerated() { plug(wire, index: index) }
        for (index, endpoint) in document.traffic.enumerated() {
            traffic.append(try Self.makeEndpoint(endpoint, rate: rate(ofTraffic: index), seed: seed &+ UInt64(index)))
        }
        for (hostIndex, host) in document.hosts.enumerated() {
            try prepareApplications(host, index: hostIndex)
        }
        leaveUnpluggedPortsDown()
        if let moment = options.explainsUpTo {
            explanation = Explanation(upTo: moment, capacity: options.explainedEventCount)
        }
    }

    private static func kind(of name: String, in document: ScenarioDocument) -> PointName.Kind {
        if document.wires.contains(where: { $0.name == name }) { return .wire }
        for host in document.hosts {
            for function in host.functions {
                if name == "\(host.name).\(function.name)" { return .function }
                if name == "\(host.name).\(function.netdev)" { return .netdev }
            }
        }
        return .port
    }

    /// Adds a host's NIC, attaches its functions to the host, and gives each a driver.
    private mutating func add(_ host: HostDescription, index: Int) {
        var parameters = host.model.nic
        parameters.functions = host.functions.map {
            FunctionDescription(port: PortID($0.port), macAddress: $0.mac)
        }
        // A real driver finds the whole device; our own is content with the least.
        if host.isServed { parameters.firmware.features = .all }
        parameters.portSpeeds = Array(
            repeating: host.model.portBitsPerSecond / 1_000_000, count: host.model.portCount)
        let first = nics.isEmpty ? 0 : nics[nics.count - 1].layout.range.upperBound
        var nic = NIC(parameters, firstFunction: first)
        let points = points
        func point(_ name: String) -> TapPoint? { points.first { $0.name == name }?.point }
        for port in 0..<host.model.portCount { nic.portTaps[port] = point("\(host.name).p\(port)") }
        let pageShift = UInt64(host.iommuPageByteCount.trailingZeroBitCount)
        let end = (1 << 20) + (host.memoryByteCount - (1 << 20)) & ~0x1f_ffff
        var software = HostSoftware(
            name: host.name, parameters: Self.software(host.software), memory: 1 << 20..<end)
        var functions: [Computer.AssignedFunction] = []
        for (number, function) in host.functions.enumerated() {
            let id = nic.layout.physical(number)
            nic.setTap(point("\(host.name).\(function.name)"), of: id)
            platform.attach(id, to: index, IOMMUDomain(pageShift: pageShift))
            if host.isServed { continue }
            functions.append(
                Computer.AssignedFunction(
                    function: id, address: PCIAddress(nic: 0, function: number), netdev: function.netdev))
            software.setTapPoint(point("\(host.name).\(function.netdev)"), of: function.netdev)
        }
        var computer = Computer(name: host.name, software: software, functions: functions)
        computer.isServed = host.isServed
        computers.append(computer)
        nics.append(nic)
    }

    private static func software(_ costs: HostDescription.SoftwareCosts) -> HostSoftwareParameters {
        var parameters = HostSoftwareParameters()
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
        case .port(let host, let port): .port(nic: UInt8(host), port: UInt8(port))
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

    private mutating func prepareApplications(_ host: HostDescription, index: Int) throws(ScenarioError) {
        for function in host.functions {
            guard case .replay(let settings) = function.application else {
                setApplication(function.application, on: function.netdev, of: index)
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
