/// The auxiliary devices of one function: which are published, and who is bound to them.
///
/// All of a function's devices have its number in their names: `mlx5_core.eth.2`, `mlx5_core.rdma.2`, and for a
/// subfunction `mlx5_core.sf.2` as well.
struct AuxiliaryFunction {
    /// Number of the function's core driver, while there is one.
    var core: Int?
    /// The subfunction it is, if it is one.
    var subfunction: Place?
    /// A subfunction is going: its device goes with its core driver.
    var isLeaving = false
    /// Kinds of devices that are published.
    var published: [AuxiliaryKind] = []
    /// The netdev that the driver of the Ethernet device has made, while it is bound.
    var netdev: Int?
    /// What the devlink parameters say now, and what they will say after the next reload.
    var enabled: Set<AuxiliaryKind> = [.eth, .rdma, .vnet]
    var nextEnabled: Set<AuxiliaryKind> = [.eth, .rdma, .vnet]

    /// A slice of the function of a core driver.
    struct Place {
        var parent: Int
        var slice: Int
    }
}
