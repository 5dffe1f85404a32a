import BasicContainers
package import Driver
package import Host
package import NIC
package import Simulation

/// Hosts, NICs, wires and traffic with one clock: what a scenario file becomes, and what runs.
///
/// Every event of the world is an event of one of its parts. `handle` gives it to that part and then collects what the
/// part wants to happen next; no part knows any other.
package struct World: ~Copyable {
    var queue = EventQueue<Event>(expectedCount: 4096)
    package var medium = Medium()
    /// Every host: memory, IOMMU, bus.
    package var platform: Platform
    var nics: UniqueArray<NIC>
    /// The software of each host.
    var computers: UniqueArray<Computer>
    /// How many of each host's unmappings the NICs have heard of.
    var heardUnmappings: [UInt64]
    /// The scenario.
    let document: ScenarioDocument
    /// The host at each link of each NIC.
    let linksOfNIC: [[Int]]
    /// The hosts that may have functions of each NIC, those at its links and their guests: a bit for each host.
    let hostsOfNIC: [UInt64]
    var links: [WireLink]
    /// The link at each port of each NIC: `nic * 8 + port`; -1 where none is plugged in.
    var linkOfPort: [Int]
    /// The link of each traffic endpoint.
    var linkOfTraffic: [Int]
    var traffic: [TrafficEndpoint]
    var latency = LatencyRecorder()
    var replays: [DriverReplay]
    var generators: [DriverGenerator] = []
    var script: Script
    var points: [PointName]
    /// Events handled.
    var eventCount: UInt64 = 0
    var explanation: Explanation?
    /// What shared parts had done when the first frame was born, and when that was; the window that utilisation is of.
    var baseline: [NamedUse] = []
    var windowStart: SimTime?

    /// What can happen: the payload comes first and the part's number behind it, which keeps the whole at 24 bytes.
    package enum Event: BitwiseCopyable, Sendable {
        case nic(NIC.Event, nic: UInt8)
        case bus(BusEvent, host: UInt8)
        case software(HostSoftware.Event, host: UInt8)
        /// The last bit of a frame reaches an end of a wire.
        case arrival(FrameID, link: UInt16, atSecond: Bool)
        /// A traffic endpoint's next frame is due.
        case traffic(UInt8)
        /// The next frame that an application replays is due.
        case replay(UInt8)
        /// The script may go on.
        case script
    }

    /// Handles up to `count` events; false when nothing is pending any more.
    ///
    /// Between two looks at what a run has to watch, so that watching costs nothing.
    mutating func step(upTo count: Int) -> Bool {
        for _ in 0..<count {
            guard let event = queue.popNext() else { return false }
            eventCount &+= 1
            if explanation != nil { explanation?.note(event, at: queue.now) }
            handle(event, at: queue.now)
            if windowStart == nil, medium.frames.born.frames > 0 { openWindow() }
        }
        return true
    }

    /// Handles the next event; false when nothing is pending.
    mutating func step() -> Bool { !queue.isEmpty && step(upTo: 1) }

    @inline(__always) mutating func handle(_ event: Event, at now: SimTime) {
        switch event {
        case .nic(let event, let nic):
            nics[Int(nic)].handle(event, at: now, platform: &platform, medium: &medium)
            collectFromNIC(nic)
        case .bus(let event, let host):
            if platform[Int(host)].log.isOn { platform[Int(host)].log.note(event, at: now) }
            carry(event, host: host, at: now)
        case .software(let event, let host):
            computers[Int(host)].software.handle(event, at: now, host: &platform[Int(host)], medium: &medium)
            collect(fromSoftwareOf: host, at: now)
        case .arrival(let frame, let link, let atSecond):
            arrive(frame, link: Int(link), atSecond: atSecond, at: now)
        case .traffic(let index):
            sendTraffic(Int(index), at: now)
        case .replay(let index):
            sendReplay(Int(index), at: now)
        case .script:
            advanceScript(at: now)
        }
    }

    // MARK: Collecting what a part wants to happen

    mutating func collectFromNIC(_ nic: UInt8) {
        let index = Int(nic)
        queue.take(&nics[index].events) { .nic($0, nic: nic) }
        if !nics[index].departures.isEmpty {
            for position in 0..<nics[index].departures.count {
                let (time, departure) = nics[index].departures[position]
                depart(departure.frame, from: .port(nic: nic, port: departure.port.index), at: time)
            }
            nics[index].departures.removeAll()
        }
        var hosts = hostsOfNIC[index]
        while hosts != 0 {
            let host = hosts.trailingZeroBitCount
            hosts &= hosts &- 1
            if !platform[host].bus.isEmpty { collectFromBus(of: UInt8(host)) }
        }
    }

    /// Moves what is on the bus of a host: down to the NIC, or up to the function's driver.
    private mutating func carry(_ event: BusEvent, host: UInt8, at now: SimTime) {
        let index = Int(host)
        if event.isDownstream {
            guard let nic = nic(of: event.function) else { return }
            nics[nic].receive(event, at: now, platform: &platform)
            collectFromNIC(UInt8(nic))
        } else if computers[index].isServed {
            // There is no driver to collect the fault's record, which must not fill the log.
            if case .fault(let function) = event { _ = platform[index].takeFault(of: function) }
            computers[index].outward.schedule(event, at: now)
        } else {
            computers[index].software.receive(event, at: now, host: &platform[index], medium: &medium)
            collect(fromSoftwareOf: host, at: now)
        }
    }

    /// The NIC that `function` belongs to.
    func nic(of function: FunctionID) -> Int? {
        for index in nics.indices where nics[index].layout.range.contains(Int(function.index)) { return index }
        return nil
    }

    /// With `advancing`, the script may go on if it waited for this host's software.
    mutating func collect(fromSoftwareOf host: UInt8, at now: SimTime, advancing: Bool = true) {
        let index = Int(host)
        queue.take(&computers[index].software.kernel.events) { .software($0, host: host) }
        if !computers[index].software.kernel.deliveries.isEmpty {
            for position in 0..<computers[index].software.kernel.deliveries.count {
                let (time, delivery) = computers[index].software.kernel.deliveries[position]
                endJourney(delivery.tag, at: time)
            }
            computers[index].software.kernel.deliveries.removeAll()
        }
        if !platform[index].bus.isEmpty { collectFromBus(of: host) }
        if !computers[index].software.foreign.isEmpty { distributeFunctions(from: index, at: now) }
        if advancing, script.waitsForDriver { advanceScript(at: now) }
    }

    mutating func collectFromBus(of host: UInt8) {
        announceUnmappings(of: Int(host))
        queue.take(&platform[Int(host)].bus) { .bus($0, host: host) }
    }

    /// Tells the NICs what a host has unmapped: what they remember of it is void.
    ///
    /// Whatever unmaps says so over the bus before its pages are anybody else's, so to look when something is on the
    /// bus is early enough.
    @inline(__always) private mutating func announceUnmappings(of host: Int) {
        let count = platform[host].unmappings.count
        if count != heardUnmappings[host] { forgetUnmapped(host, count: count) }
    }

    private mutating func forgetUnmapped(_ host: Int, count: UInt64) {
        for number in max(heardUnmappings[host], count - min(count, UInt64(Unmappings.length) + 1))..<count {
            let entry = platform[host].unmappings.entry(number)
            for nic in nics.indices where hostsOfNIC[nic] >> UInt64(host) & 1 == 1 {
                if let entry {
                    nics[nic].forgetTranslations(of: entry.function, page: entry.page, count: entry.count)
                } else {
                    nics[nic].forgetTranslations()
                }
            }
        }
        heardUnmappings[host] = count
    }

    /// The name of a function among those of its NIC, such as `pf0` or `pf0vf3`.
    func name(of function: FunctionID) -> String {
        nic(of: function).flatMap { nics[$0].layout.kind(of: function)?.name } ?? "function \(function.index)"
    }

    private mutating func endJourney(_ tag: UInt32, at time: SimTime) {
        guard var journey = medium.frames.takeParkedJourney(tag) else { return }
        journey.spend(on: .notification, until: time)
        latency.record(journey, endedAt: time)
    }
}
