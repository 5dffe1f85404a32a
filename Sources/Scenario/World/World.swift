import BasicContainers
package import Driver
package import Host
package import NIC
package import Simulation

/// Computers, wires and traffic with one clock: what a scenario file becomes, and what runs.
///
/// Every event of the world is an event of one of its parts. `handle` gives it to that part and then collects what the
/// part wants to happen next; no part knows any other.
package struct World: ~Copyable {
    var queue = EventQueue<Event>(expectedCount: 4096)
    var medium = Medium()
    var computers: UniqueArray<Computer>
    var links: [WireLink]
    /// The link at each port of each computer: `computer * 8 + port`; -1 where none is plugged in.
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

    /// What can happen: the payload comes first and the part's number behind it, which keeps the whole at 24 bytes.
    package enum Event: BitwiseCopyable, Sendable {
        case nic(NIC.Event, computer: UInt8)
        case bus(BusEvent, computer: UInt8)
        case driver(FunctionDriver.Event, computer: UInt8, driver: UInt8)
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
        }
        return true
    }

    /// Handles the next event; false when nothing is pending.
    mutating func step() -> Bool { !queue.isEmpty && step(upTo: 1) }

    @inline(__always) mutating func handle(_ event: Event, at now: SimTime) {
        switch event {
        case .nic(let event, let computer):
            computers[Int(computer)].handle(event, at: now, medium: &medium)
            collectFromNIC(of: computer)
        case .bus(let event, let computer):
            if computers[Int(computer)].host.log.isOn { computers[Int(computer)].host.log.note(event, at: now) }
            computers[Int(computer)].carry(event, at: now, medium: &medium)
            if event.isDownstream {
                collectFromNIC(of: computer)
            } else if !computers[Int(computer)].isServed {
                collect(fromDriver: UInt8(event.function.index), of: computer, at: now)
            }
        case .driver(let event, let computer, let driver):
            computers[Int(computer)].handle(event, driver: Int(driver), at: now, medium: &medium)
            collect(fromDriver: driver, of: computer, at: now)
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

    mutating func collectFromNIC(of computer: UInt8) {
        let index = Int(computer)
        queue.take(&computers[index].nic.events) { .nic($0, computer: computer) }
        if !computers[index].nic.departures.isEmpty {
            for position in 0..<computers[index].nic.departures.count {
                let (time, departure) = computers[index].nic.departures[position]
                depart(departure.frame, from: .port(computer: computer, port: departure.port.index), at: time)
            }
            computers[index].nic.departures.removeAll()
        }
        if !computers[index].host.bus.isEmpty { collectFromBus(of: computer) }
    }

    /// With `advancing`, the script may go on if it waited for this driver.
    mutating func collect(
        fromDriver driver: UInt8, of computer: UInt8, at now: SimTime, advancing: Bool = true
    ) {
        let index = Int(computer)
        let driverIndex = Int(driver)
        queue.take(&computers[index].drivers[driverIndex].events) { .driver($0, computer: computer, driver: driver) }
        if !computers[index].drivers[driverIndex].deliveries.isEmpty {
            for position in 0..<computers[index].drivers[driverIndex].deliveries.count {
                let (time, delivery) = computers[index].drivers[driverIndex].deliveries[position]
                endJourney(delivery.tag, at: time)
            }
            computers[index].drivers[driverIndex].deliveries.removeAll()
        }
        if !computers[index].drivers[driverIndex].handoffs.isEmpty {
            handOver(fromDriver: driverIndex, of: index, at: now)
        }
        if !computers[index].host.bus.isEmpty { collectFromBus(of: computer) }
        if advancing, script.waitsForDriver { advanceScript(at: now) }
    }

    mutating func collectFromBus(of computer: UInt8) {
        let index = Int(computer)
        queue.take(&computers[index].host.bus) { .bus($0, computer: computer) }
    }

    private mutating func endJourney(_ tag: UInt32, at time: SimTime) {
        guard var journey = medium.frames.takeParkedJourney(tag) else { return }
        journey.spend(on: .notification, until: time)
        latency.record(journey, endedAt: time)
    }
}
