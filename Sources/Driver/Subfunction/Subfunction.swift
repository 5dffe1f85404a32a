import Wire

/// A subfunction as the driver of its parent keeps it, from `devlink port add` to `devlink port del`.
struct Subfunction {
    /// Its slice of the parent's BAR 2.
    let slice: Int
    /// The number that people gave it.
    let number: UInt32
    /// Name that its netdev is to have.
    var netdevName: String
    var address = MACAddress.zero
    /// Whether it was told to be active.
    var isActive = false
    /// State that the device has reported last.
    var state = VHCAState.allocated
    /// Number of its auxiliary device `mlx5_core.sf.N`, while that exists.
    var device: Int?
    /// Deletion waits until the device is done with it.
    var isLeaving = false
    /// The deletion that waits.
    var deletion: CommandTicket?
}
