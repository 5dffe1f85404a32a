package import BasicContainers
package import Driver
package import Host
package import NIC
package import Simulation

/// A host with the NIC that is plugged into it and the software of each of the NIC's functions.
///
/// The three meet here and nowhere else: the NIC reaches the host by DMA and messages, the drivers reach the NIC by
/// the bus.
package struct Computer: ~Copyable {
    package let name: String
    package var host: Host
    package var nic: NIC
    /// One for each function of the NIC, in the order of the functions.
    ///
    /// None when the functions are served to drivers outside.
    package var drivers: UniqueArray<FunctionDriver>
    /// Whether the drivers are outside this world, at the other end of a socket.
    package var isServed = false
    /// What the functions have sent to drivers outside.
    package var outward = Outbox<BusEvent>(capacity: 16)

    package init(name: String, host: consuming Host, nic: consuming NIC, drivers: consuming UniqueArray<FunctionDriver>)
    {
        self.name = name
        self.host = host
        self.nic = nic
        self.drivers = drivers
    }

    /// Lets the NIC handle an event of its own.
    mutating func handle(_ event: NIC.Event, at now: SimTime, medium: inout Medium) {
        nic.handle(event, at: now, host: &host, medium: &medium)
    }

    /// Lets a driver handle an event of its own.
    mutating func handle(_ event: FunctionDriver.Event, driver: Int, at now: SimTime, medium: inout Medium) {
        drivers[driver].handle(event, at: now, host: &host, medium: &medium)
    }

    /// Moves what is on the bus: down to the NIC, or up to the function's driver.
    mutating func carry(_ event: BusEvent, at now: SimTime, medium: inout Medium) {
        if event.isDownstream {
            nic.receive(event, at: now, host: &host)
        } else if isServed {
            // There is no driver to collect the fault's record, which must not fill the log.
            if case .fault(let function) = event { _ = host.takeFault(of: function) }
            outward.schedule(event, at: now)
        } else {
            drivers[Int(event.function.index)].receive(event, at: now, host: &host, medium: &medium)
        }
    }

    /// Hands the NIC a frame whose last bit has arrived at `port`.
    mutating func receive(_ frame: FrameID, on port: PortID, at now: SimTime, medium: inout Medium) {
        nic.receive(frame, on: port, at: now, host: &host, medium: &medium)
    }

    /// Hands the netdev of `driver` a frame to send; false when its ring is full.
    mutating func transmit(
        _ frame: UnsafeRawBufferPointer, driver: Int, at now: SimTime, medium: inout Medium
    ) -> Bool {
        drivers[driver].transmit(frame, at: now, host: &host, medium: &medium)
    }

    /// Hands the netdev of `driver` a packet that another netdev of this computer has received.
    mutating func transmit(_ handoff: Handoff, driver: Int, at now: SimTime, medium: inout Medium) {
        drivers[driver].transmit(handoff, at: now, host: &host, medium: &medium)
    }

    /// Gives a control command to a driver.
    mutating func execute(_ command: ControlCommand, driver: Int, at now: SimTime) {
        _ = drivers[driver].execute(command, at: now, host: &host)
    }

    /// Starts reading the hardware counters of a driver.
    mutating func refreshStatistics(driver: Int, at now: SimTime) {
        _ = drivers[driver].refreshStatistics(at: now, host: &host)
    }

    /// Starts the probe of every function.
    mutating func start(at now: SimTime) {
        for index in drivers.indices { drivers[index].start(at: now, host: &host) }
    }
}
