package import Wire

/// What is stated about one physical function.
package struct FunctionDescription: Sendable, Equatable {
    /// The physical port its frames leave by.
    package var port: PortID
    /// The permanent address of its vport.
    package var macAddress: MACAddress
    /// Number of the host link that it sits on.
    package var link: Int
    /// Virtual functions that it offers (TotalVFs), and subfunctions it can have; with none it manages no e-switch.
    package var virtualFunctionCount = 0
    package var subfunctionCount = 0
    /// Permanent address of the subfunction that its user calls 0; zero for none.
    ///
    /// The next number has the next address; the last two bytes count.
    package var subfunctionAddress = MACAddress.zero
    /// Whether it is the function of the SmartNIC's own processors (ECPF).
    package var isEmbedded: Bool

    package init(port: PortID, macAddress: MACAddress, link: Int = 0, isEmbedded: Bool = false) {
        self.port = port
        self.macAddress = macAddress
        self.link = link
        self.isEmbedded = isEmbedded
    }
}
