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
        self.document = document
        heardUnmappings = Array(repeating: 0, count: max(document.hosts.count, 1))
        linksOfNIC = document.nics.map { $0.links.map(\.host) }
        hostsOfNIC = document.nics.map { nic in
            document.hosts.indices.reduce(0 as UInt64) { hosts, host in
                let root = document.hosts[host].hypervisor ?? host
                return nic.links.contains { $0.host == root } ? hosts | 1 << UInt64(host) : hosts
            }
        }
        platform = Platform(hostCount: max(document.hosts.count, 1)) { index in
            Host(memoryByteCount: index < document.hosts.count ? document.hosts[index].memoryByteCount : 1 << 16)
        }
        links = []
        linkOfPort = Array(repeating: -1, count: document.nics.count * 8)
        linkOfTraffic = Array(repeating: -1, count: document.traffic.count)
        traffic = []
        script = Script(steps: document.steps)
        replays = []
        for index in document.hosts.indices { addComputer(index) }
        for index in document.nics.indices { add(document.nics[index], number: index) }
        for (index, wire) in document.wires.enumerated() { plug(wire, index: index) }
        for (index, endpoint) in document.traffic.enumerated() {
            traffic.append(try Self.makeEndpoint(endpoint, rate: rate(ofTraffic: index), seed: seed &+ UInt64(index)))
        }
        for host in document.hosts.indices {
            for netdev in document.declaredNetdevs(of: host) { try prepareApplication(on: netdev, of: host) }
        }
        leaveUnpluggedPortsDown()
        if let moment = options.explainsUpTo {
            explanation = Explanation(upTo: moment, capacity: options.explainedEventCount)
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

    /// Adds a NIC, and attaches its functions to their hosts, also those that do not exist yet.
    private mutating func add(_ description: NICDescription, number: Int) {
        let model = description.model
        var parameters = model.nic
        parameters.functions = description.functions.map { function in
            var physical = FunctionDescription(
                port: PortID(function.port), macAddress: function.mac, link: function.link,
                isEmbedded: description.links[function.link].isEmbedded)
            physical.virtualFunctionCount = function.virtualFunctionCount
            physical.subfunctionCount = function.subfunctionCount
            physical.subfunctionAddress = function.defaultMAC(of: .sub(0))
            return physical
        }
        // A real driver finds the whole device; our own is content with the least.
        let isServed = document.hosts.indices.contains {
            hostsOfNIC[number] >> UInt64($0) & 1 == 1 && document.hosts[$0].isServed
        }
        if isServed {
            parameters.firmware.features = .all
        }
        parameters.portSpeeds = Array(repeating: model.portBitsPerSecond / 1_000_000, count: model.portCount)
        parameters.systemImageIdentifier &+= UInt64(number) << 8
        let first = nics.isEmpty ? 0 : nics[nics.count - 1].layout.range.upperBound
        var nic = NIC(parameters, firstFunction: first)
        for port in 0..<model.portCount { nic.portTaps[port] = point("\(description.name).p\(port)") }
        nics.append(nic)
        for function in description.functions {
            assign(function, of: description)
            assignVirtualFunctions(of: function)
            assignSubfunctions(of: function)
        }
    }

    /// Attaches a function to its host, with an IOMMU domain of its own.
    private mutating func attach(_ function: FunctionID, to host: Int) {
        let pageShift = UInt64(document.hosts[host].iommuPageByteCount.trailingZeroBitCount)
        platform.attach(function, to: host, IOMMUDomain(pageShift: pageShift))
    }

    private mutating func assign(_ function: PhysicalFunctionDescription, of nic: NICDescription) {
        let id = nics[function.reference.nic].layout.physical(function.reference.physical)
        nics[function.reference.nic].setTap(point(document.name(of: function.reference)), of: id)
        attach(id, to: function.host)
        if document.hosts[function.host].isServed { return }
        computers[function.host].functions.append(
            Computer.AssignedFunction(function: id, address: Self.address(of: function, nic), netdev: function.netdev))
        computers[function.host].software.setTapPoint(
            point("\(document.hosts[function.host].name).\(function.netdev)"), of: function.netdev)
    }

    /// Physical functions of a link are numbered from its first one on.
    private static func address(of function: PhysicalFunctionDescription, _ nic: NICDescription) -> PCIAddress {
        let first = nic.functions.firstIndex { $0.link == function.link } ?? 0
        return PCIAddress(bus: Int(nic.links[function.link].bus), function: function.reference.physical - first)
    }

    private mutating func assignVirtualFunctions(of function: PhysicalFunctionDescription) {
        let layout = nics[function.reference.nic].layout
        let physical = function.reference.physical
        for number in 0..<function.virtualFunctionCount {
            let child = function.child(.virtual(number))
            let id = layout.virtual(number, of: physical)
            var reference = function.reference
            reference.child = child.child
            nics[reference.nic].setAddress(child.mac, of: id)
            nics[reference.nic].setTap(point(document.name(of: reference)), of: id)
            attach(id, to: child.host)
            if document.hosts[child.host].isServed { continue }
            computers[child.host].software.setNetdevName(child.netdev, of: id)
            computers[child.host].software.setTapPoint(
                point("\(document.hosts[child.host].name).\(child.netdev)"), of: child.netdev)
            if child.host == function.host { continue }
            // A guest sees the function at a place of its own.
            let place = PCIAddress(bus: 0, function: 8 * (1 + computers[child.host].functions.count))
            computers[child.host].functions.append(
                Computer.AssignedFunction(function: id, address: place, netdev: child.netdev, isVirtual: true))
        }
    }

    private mutating func assignSubfunctions(of function: PhysicalFunctionDescription) {
        let nic = function.reference.nic
        let physical = function.reference.physical
        let range = nics[nic].layout.subfunctions(of: physical)
        for id in range { attach(FunctionID(id), to: function.host) }
        let parent = nics[nic].layout.physical(physical)
        platform[function.host].setSubfunctions(of: parent, range)
        for child in function.declaredChildren {
            guard case .sub(let number) = child.child else { continue }
            var reference = function.reference
            reference.child = child.child
            let plan = FunctionPlan(tap: point(document.name(of: reference)), address: child.mac)
            nics[nic].setPlan(plan, ofSubfunction: UInt32(number), of: physical)
            if document.hosts[function.host].isServed { continue }
            computers[function.host].software.setNetdevName(child.netdev, ofSubfunction: UInt32(number), of: parent)
            computers[function.host].software.setTapPoint(
                point("\(document.hosts[function.host].name).\(child.netdev)"), of: child.netdev)
        }
        planUnmentionedSubfunctions(of: function)
    }

    /// Subfunctions that the scenario captures at, or has an application for, without describing them.
    private mutating func planUnmentionedSubfunctions(of function: PhysicalFunctionDescription) {
        for place in document.namedPoints {
            let reference: FunctionReference? =
                switch place.place {
                case .function(let reference): reference
                case .netdev(_, _, let reference): reference
                case .wire, .port: nil
                }
            guard let reference, case .sub(let number) = reference.child, reference.nic == function.reference.nic,
                reference.physical == function.reference.physical,
                !function.declaredChildren.contains(where: { $0.child == reference.child })
            else { continue }
            if case .netdev(let host, let netdev, _) = place.place {
                computers[host].software.setTapPoint(point(place.name), of: netdev)
            } else {
                let plan = FunctionPlan(tap: point(place.name))
                nics[reference.nic].setPlan(plan, ofSubfunction: UInt32(number), of: reference.physical)
            }
        }
    }

    /// Adds the software of a host, which its functions come to later.
    private mutating func addComputer(_ index: Int) {
        let host = document.hosts[index]
        let end = (1 << 20) + (host.memoryByteCount - (1 << 20)) & ~0x1f_ffff
        var software = HostSoftware(name: host.name, parameters: Self.software(host), memory: 1 << 20..<end)
        software.plansApplications { netdev in Self.plan(host.application(on: netdev), on: netdev) }
        var computer = Computer(name: host.name, software: software, functions: [])
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

    /// Reads the capture that the application on a netdev replays, and notes what its generator sends: both begin when
    /// the scenario starts them.
    private mutating func prepareApplication(on netdev: String, of host: Int) throws(ScenarioError) {
        switch document.hosts[host].application(on: netdev) {
        case .none, .sink, .reflect, .forward: break
        case .generate(let settings): addGenerator(settings, on: netdev, of: host)
        case .replay(let settings):
            let description = document.hosts[host]
            let location = description.applicationDescription(on: netdev)?.location ?? description.location
            let input = try Self.loadCapture(settings, at: location)
            replays.append(
                DriverReplay(host: host, netdev: netdev, input: input, rate: settings.rate, settings: settings))
        }
    }

    /// Makes sure that what is to be started on a netdev is there: the netdev may be one that nobody declared.
    mutating func prepareStart(on netdev: String, of host: Int) throws(ScenarioError) {
        let isKnown =
            generators.contains { $0.host == host && $0.netdev == netdev }
            || replays.contains { $0.host == host && $0.netdev == netdev }
        if !isKnown { try prepareApplication(on: netdev, of: host) }
    }

    private mutating func addGenerator(_ settings: GeneratorSettings, on netdev: String, of host: Int) {
        generators.append(DriverGenerator(host: host, netdev: netdev, pattern: Self.driverPattern(settings)))
    }

    /// What is on a netdev from the moment it exists.
    private static func plan(_ application: HostDescription.Application, on netdev: String) -> NetdevPlan {
        var plan = NetdevPlan()
        switch application {
        case .none, .sink, .replay: break
        case .reflect: plan.application = .reflect
        case .forward(let target): plan.application = .forward(to: target == netdev ? nil : target)
        case .generate(let settings): plan.largestByteCount = driverPattern(settings).largestByteCount
        }
        return plan
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
