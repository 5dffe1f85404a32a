package import Simulation
package import Wire

/// A host: a computer with memory, its software's costs and one NIC.
package struct HostDescription: Sendable {
    /// Name, such as `h0`, which capture points and counters begin with.
    package var name: String
    /// The NIC in it.
    package var model: DeviceModel
    /// Size of physical memory, in bytes.
    package var memoryByteCount: UInt64 = 4 << 30
    /// Page size of the IOMMU's mappings, in bytes.
    package var iommuPageByteCount: UInt64 = 4096
    package var software = SoftwareCosts()
    package var functions: [FunctionDescription] = []
    /// Whether the functions' drivers are outside, at the other end of a socket; then there are no netdevs.
    package var isServed = false

    package init(name: String, model: DeviceModel) {
        self.name = name
        self.model = model
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

    /// One physical function, the netdev its driver makes, and the application on top.
    package struct FunctionDescription: Sendable {
        /// Name, such as `pf0`.
        package var name: String
        /// Index of the NIC port it belongs to.
        package var port: Int
        /// Name of its netdev, such as `eth0`.
        package var netdev: String
        /// Permanent MAC address, in transmission order.
        package var mac: MACAddress
        package var application: Application = .none
        /// Where the function is described.
        package var location: SourceLocation
        package init(name: String, port: Int, netdev: String, mac: MACAddress, location: SourceLocation) {
            self.name = name
            self.port = port
            self.netdev = netdev
            self.mac = mac
            self.location = location
        }
    }

    /// What runs on top of a netdev.
    package enum Application: Sendable {
        /// Received frames are counted as delivered.
        case none
        /// The same, and said so.
        case sink
        /// Received frames are sent again, unchanged, on the netdev named (of the same host).
        case forward(netdev: String)
        /// Received frames are sent back with the two MAC addresses exchanged.
        case reflect
        /// Sends generated frames once `start: HOST.NETDEV` says so; received frames are counted as delivered.
        case generate(GeneratorSettings)
        /// Sends a capture's frames once `start: HOST.NETDEV` says so; received frames are counted as delivered.
        case replay(ReplaySettings)
    }
}
