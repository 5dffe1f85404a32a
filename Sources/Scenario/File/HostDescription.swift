package import Simulation

/// A host: a computer with memory, an IOMMU, processors and software, or a guest of one.
package struct HostDescription: Sendable {
    /// Name, such as `h0`, which its netdevs' capture points and counters begin with.
    package var name: String
    /// Position of the host that this one is a guest of; `nil` for a computer of its own.
    ///
    /// A guest has memory, processors and software of its own; its functions sit on its hypervisor's links.
    package var hypervisor: Int?
    /// Size of physical memory, in bytes.
    package var memoryByteCount: UInt64 = 4 << 30
    /// Page size of the IOMMU's mappings, in bytes.
    package var iommuPageByteCount: UInt64 = 4096
    /// Number of processors.
    package var processorCount = 8
    package var software = SoftwareCosts()
    /// What runs on which netdevs, in the file's order; ask `application(on:)`.
    package var applications: [ApplicationDescription] = []
    /// Whether the functions' drivers are outside, at the other end of a socket; then there are no netdevs.
    package var isServed = false
    package var location: SourceLocation

    package init(name: String, location: SourceLocation = SourceLocation(file: "")) {
        self.name = name
        self.location = location
    }

    /// What runs on the netdev of that name, present or to come.
    package func application(on netdev: String) -> Application {
        applicationDescription(on: netdev)?.application ?? .none
    }

    /// What was said of the application on the netdev of that name.
    package func applicationDescription(on netdev: String) -> ApplicationDescription? {
        applications.first { $0.netdevs.text == netdev } ?? applications.first { $0.netdevs.matches(netdev) }
    }

    /// What host software costs.
    ///
    /// A property of the host, never of the NIC.
    package struct SoftwareCosts: Sendable, Equatable {
        package var perPacketReceive = SimDuration.nanoseconds(60)
        package var perPacketTransmit = SimDuration.nanoseconds(50)
        package var perInterrupt = SimDuration.microseconds(1)
        package var perDoorbell = SimDuration.nanoseconds(20)
        /// One control-plane command, from the person typing it to the driver acting.
        package var perCommand = SimDuration.microseconds(10)
        package init() {}
    }

    /// What runs on top of a netdev.
    package enum Application: Sendable {
        /// Received frames are counted as delivered.
        case none
        /// The same, and said so.
        case sink
        /// Received frames are sent again, unchanged, on the netdev named (of the same host), or on the same one.
        case forward(netdev: String?)
        /// Received frames are sent back with the two MAC addresses exchanged.
        case reflect
        /// Sends generated frames once `start: HOST.NETDEV` says so; received frames are counted as delivered.
        case generate(GeneratorSettings)
        /// Sends a capture's frames once `start: HOST.NETDEV` says so; received frames are counted as delivered.
        case replay(ReplaySettings)
    }
}
