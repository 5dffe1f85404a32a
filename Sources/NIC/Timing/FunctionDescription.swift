package import Wire

/// What a device model states about one function.
package struct FunctionDescription: Sendable, Equatable {
    /// The physical port its frames leave by.
    package var port: PortID
    /// The permanent address of its vport.
    package var macAddress: MACAddress

    package init(port: PortID, macAddress: MACAddress) {
        self.port = port
        self.macAddress = macAddress
    }
}
