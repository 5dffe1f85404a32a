/// What an auxiliary device is for: the middle of its name, which its driver matches.
package enum AuxiliaryKind: String, CaseIterable, Sendable {
    /// Ethernet: the netdev.
    case eth
    /// RDMA.
    case rdma
    /// vDPA.
    case vnet
    /// A subfunction, whose driver is the core driver.
    case sf

    /// The name that devices and drivers have in common, such as `mlx5_core.eth`.
    package var matchName: String { "mlx5_core.\(rawValue)" }

    /// The module that holds the driver.
    package var module: String {
        switch self {
        case .eth, .sf: "mlx5_core"
        case .rdma: "mlx5_ib"
        case .vnet: "mlx5_vdpa"
        }
    }

    /// Whether such a driver exists in this world.
    package var hasDriver: Bool { self == .eth || self == .sf }

    /// The devlink parameter that says whether a function publishes it.
    var parameterName: String { "enable_\(rawValue)" }
}
