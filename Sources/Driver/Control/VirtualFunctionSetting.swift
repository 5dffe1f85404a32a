package import Wire

/// One setting of `ip link set DEV vf N …`.
package enum VirtualFunctionSetting: Sendable, Equatable {
    case address(MACAddress)
    /// The tag that the device puts on and takes off; 0 is none.
    case vlan(UInt16, qos: UInt8)
    case spoofCheck(Bool)
    case trust(Bool)
    case linkState(LinkState)
    /// Mb/s; 0 is no limit, and no guarantee.
    case maximumRate(UInt32)
    case minimumRate(UInt32)

    /// How the link of a virtual function is decided.
    package enum LinkState: String, CaseIterable, Sendable { case auto, enable, disable }
}
