package import Wire

/// A function's port of the switch, as its driver sees it (`nic_vport_context`, native interface, section 6.6).
package struct VPort: Sendable {
    package var adminState = VportAdminState.auto
    package var permanentAddress: MACAddress
    /// Hardware MTU, in bytes: the IP MTU and 22.
    package var mtu: UInt32
    package var minimumInlineMode: UInt32 = 0
    package var acceptsAllUnicast = false
    package var acceptsAllMulticast = false
    package var acceptsAll = false
    package var unicastList: [MACAddress] = []
    package var multicastList: [MACAddress] = []
    package var vlanList: [UInt16] = []
    package var roceEnabled = false
    package var disablesUnicastLoopback = false
    package var disablesMulticastLoopback = false
    /// One change event is due when a list, the MTU or a promiscuous mode changes.
    package var armsChangeEvent = false
    /// `event_on_*` of the context, bits 4 to 0 of the word at 0x4.
    package var changeEventMask: UInt32 = 0
    package var systemImageIdentifier: UInt64 = 0
    package var portIdentifier: UInt64 = 0
    package var nodeIdentifier: UInt64 = 0
    package var counters = VPortCounters()

    /// Forgets what the function's own driver has said, and keeps what its manager has: state and address.
    mutating func forgetDriver(mtu: UInt32) {
        var new = VPort(address: permanentAddress, mtu: mtu)
        new.adminState = adminState
        new.armsChangeEvent = armsChangeEvent
        new.changeEventMask = changeEventMask
        new.portIdentifier = portIdentifier
        new.nodeIdentifier = nodeIdentifier
        self = new
    }

    package init(address: MACAddress, mtu: UInt32) {
        permanentAddress = address
        self.mtu = mtu
    }
}
