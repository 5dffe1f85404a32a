package import Driver
package import Host
package import Simulation

/// A host's software, and the functions that are assigned to it from the start.
package struct Computer: ~Copyable {
    package let name: String
    package var software: HostSoftware
    /// In the order of the scenario; none when the functions are served to drivers outside.
    package var functions: [AssignedFunction]
    /// Whether the drivers are outside this world, at the other end of a socket.
    package var isServed = false
    /// What the functions have sent to drivers outside.
    package var outward = Outbox<BusEvent>(capacity: 16)

    /// A function that the host's PCI core finds, and the name of its netdev.
    package struct AssignedFunction: Sendable {
        package var function: FunctionID
        package var address: PCIAddress
        package var netdev: String
    }

    package init(name: String, software: consuming HostSoftware, functions: [AssignedFunction]) {
        self.name = name
        self.software = software
        self.functions = functions
    }
}
