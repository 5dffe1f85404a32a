package import BasicContainers
package import Driver
package import Host
package import Simulation

/// The software of one host: a driver for each function that is assigned to it.
package struct Computer: ~Copyable {
    package let name: String
    /// In the order of the functions; none when the functions are served to drivers outside.
    package var drivers: UniqueArray<FunctionDriver>
    /// Whether the drivers are outside this world, at the other end of a socket.
    package var isServed = false
    /// What the functions have sent to drivers outside.
    package var outward = Outbox<BusEvent>(capacity: 16)

    package init(name: String, drivers: consuming UniqueArray<FunctionDriver>) {
        self.name = name
        self.drivers = drivers
    }

    /// The driver of `function`.
    func driver(of function: FunctionID) -> Int? {
        for index in drivers.indices where drivers[index].function == function { return index }
        return nil
    }
}
