package import Wire

/// A physical function, the netdev its driver makes, and what is known of its virtual functions and subfunctions.
package struct PhysicalFunctionDescription: Sendable {
    /// Which function of the document it is.
    package var reference: FunctionReference
    /// Name within the NIC, such as `pf0`.
    package var name: String
    /// Index of the NIC port it belongs to.
    package var port: Int
    /// Index of the NIC's host link it sits on.
    package var link = 0
    /// Position of the host whose driver it has: that of its link, or a guest of that.
    package var host: Int
    /// Name of its netdev, such as `eth0`.
    package var netdev: String
    /// Permanent MAC address.
    package var mac: MACAddress
    /// Number of virtual functions that it offers (TotalVFs); at most the model's, and none unless the scenario says so.
    package var virtualFunctionCount = 0
    /// Number of subfunctions that can exist at one time; at most the model's, and none unless the scenario says so.
    package var subfunctionCount = 0
    /// The virtual functions and subfunctions that the scenario says something about.
    ///
    /// Ask `child(_:)`, which knows the others as well.
    package var declaredChildren: [ChildFunctionDescription] = []
    /// Where the function is described.
    package var location: SourceLocation

    package init(
        _ reference: FunctionReference, name: String, port: Int, host: Int, netdev: String, mac: MACAddress,
        location: SourceLocation
    ) {
        self.reference = reference
        self.name = name
        self.port = port
        self.host = host
        self.netdev = netdev
        self.mac = mac
        self.location = location
    }

    /// What a virtual function or subfunction is like, whether the scenario mentions it or not.
    ///
    /// One that it does not mention stays with the host of the physical function; its netdev is called as that of the
    /// physical function with `v` or `s` and the number behind it.
    package func child(_ child: FunctionReference.Child) -> ChildFunctionDescription {
        if let declared = declaredChildren.first(where: { $0.child == child }) { return declared }
        return ChildFunctionDescription(
            child: child, host: host, netdev: netdev + child.netdevSuffix, mac: defaultMAC(of: child),
            location: location)
    }

    /// The address of a child that the scenario gives none.
    ///
    /// `02:01:` (virtual functions) or `02:02:` (subfunctions), the positions of NIC and physical function, and two bytes
    /// of the child's number.
    ///
    /// The driver of a real device makes one up; here a file can name it beforehand.
    package func defaultMAC(of child: FunctionReference.Child) -> MACAddress {
        let (kind, number): (UInt8, Int) =
            switch child {
            case .virtual(let number): (1, number)
            case .sub(let number): (2, number)
            }
        return MACAddress(
            2, kind, UInt8(truncatingIfNeeded: reference.nic), UInt8(truncatingIfNeeded: reference.physical),
            UInt8(truncatingIfNeeded: number >> 8), UInt8(truncatingIfNeeded: number))
    }
}
