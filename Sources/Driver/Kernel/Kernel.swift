import Host
package import Simulation

/// What the drivers of a host use of its operating system: memory, processors, timers and the log.
package struct Kernel: ~Copyable {
    /// What is to be handed back at its time: the world moves it into its queue.
    package var events = Outbox<HostSoftware.Event>(capacity: 64)
    /// Packets that applications consumed.
    package var deliveries = Outbox<HostSoftware.Delivery>(capacity: 256)
    package internal(set) var parameters: HostSoftwareParameters
    package internal(set) var log = DriverLog()
    var memory: DMAAllocator
    var processors: Processors
    /// Received packets that another netdev of the host is to send.
    var handoffs: [Handoff] = []

    init(parameters: HostSoftwareParameters, memory: Range<UInt64>) {
        self.parameters = parameters
        self.memory = DMAAllocator(range: memory)
        processors = Processors(count: parameters.coreCount)
    }

    /// Adds a line to the log, with the time as a kernel prints it.
    mutating func note(_ text: String, of device: String, at now: SimTime) {
        let microseconds = now.picoseconds / 1_000_000
        let fraction = String(microseconds % 1_000_000)
        let padding = String(repeating: "0", count: 6 - fraction.count)
        log.append("[\(microseconds / 1_000_000).\(padding)\(fraction)] mlx5_core \(device): \(text)")
    }
}
