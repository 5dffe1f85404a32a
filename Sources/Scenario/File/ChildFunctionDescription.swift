package import Wire

/// A virtual function or subfunction: who drives it, and as what.
package struct ChildFunctionDescription: Sendable {
    package var child: FunctionReference.Child
    /// Position of the host whose driver it has.
    package var host: Int
    /// Name of its netdev on that host.
    package var netdev: String
    /// MAC address that its port has from the start.
    package var mac: MACAddress
    /// Where it is described; the physical function's place when it is not.
    package var location: SourceLocation

    package init(
        child: FunctionReference.Child, host: Int, netdev: String, mac: MACAddress, location: SourceLocation
    ) {
        self.child = child
        self.host = host
        self.netdev = netdev
        self.mac = mac
        self.location = location
    }
}
