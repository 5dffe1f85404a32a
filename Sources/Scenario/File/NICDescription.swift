/// A NIC: its model, the hosts that it is plugged into, and its physical functions.
package struct NICDescription: Sendable {
    /// Name, which its ports and functions begin with: `n0.p0`, `n0.pf0`.
    ///
    /// The NIC that a host's own `functions` make has the host's name.
    package var name: String
    package var model: DeviceModel
    /// The links to hosts, at least one.
    package var links: [LinkDescription] = []
    /// The physical functions, in the order of their numbers.
    package var functions: [PhysicalFunctionDescription] = []
    package var location: SourceLocation

    package init(name: String, model: DeviceModel, location: SourceLocation) {
        self.name = name
        self.model = model
        self.location = location
    }

    /// Most functions that it can have at one time: physical ones, and all virtual ones and subfunctions they offer.
    package var functionCount: Int {
        functions.reduce(0) { $0 + 1 + $1.virtualFunctionCount + $1.subfunctionCount }
    }

    /// A link between the NIC and the root complex of a host.
    package struct LinkDescription: Sendable, Equatable {
        /// Position of the host in the document.
        package var host: Int
        /// Whether the host is the NIC's own processors; the functions of such a link are embedded-CPU functions.
        package var isEmbedded: Bool
        /// The bus of the NIC's function 0 in the host: 3 for the host's first link, 19 for the second, and so on.
        package var bus: UInt8

        package init(host: Int, isEmbedded: Bool = false, bus: UInt8 = 3) {
            self.host = host
            self.isEmbedded = isEmbedded
            self.bus = bus
        }
    }
}
