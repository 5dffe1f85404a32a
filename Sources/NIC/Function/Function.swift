package import Host
package import Simulation

/// One function of the NIC, physical, virtual or sub: everything that belongs to it and to no other.
///
/// A function is a security domain. Its objects have numbers of their own, its memory accesses go through its own IOMMU
/// domain, and the only thing of it that leaves is a frame, through its port of the switch.
package struct Function: ~Copyable {
    package let id: FunctionID
    package let kind: FunctionLayout.Kind
    /// The physical port its frames leave by while the switch passes everything through.
    package let port: PortID
    /// Number of the host link that its transactions go over.
    package let link: Int
    /// Where frames that pass its port of the switch can be captured.
    package var tap: TapPoint?

    package var configurationSpace: ConfigurationSpace
    package var messageTable: MessageTable
    package var firmware: FunctionFirmware
    package var resources: Resources
    package var vport: VPort

    /// Counts resets.
    ///
    /// Every event that concerns the function's queues carries it, and one of an earlier life is ignored.
    package var generation: UInt16 = 0

    /// A function as it comes out of power-on.
    package init(
        _ id: FunctionID, _ kind: FunctionLayout.Kind, of parameters: NICParameters, _ layout: FunctionLayout
    ) {
        let description = parameters.functions[kind.physical]
        self.id = id
        self.kind = kind
        port = description.port
        link = description.link
        // The link status says what the link is timed as.
        var identity = parameters.identity
        identity.linkGeneration = parameters.pcie.generation
        identity.laneCount = parameters.pcie.laneCount
        configurationSpace = ConfigurationSpace(identity: identity)
        messageTable = MessageTable(vectorCount: parameters.identity.vectorCount)
        firmware = FunctionFirmware(
            parameters.firmware, capabilities: CapabilityPages(parameters, function: Int(id.index) - layout.first))
        resources = Resources()
        vport = VPort(address: description.macAddress, mtu: parameters.defaultMTU)
    }

    /// Puts everything into the state of `other`, which is the same function of another NIC.
    package mutating func become(_ other: borrowing Function) {
        configurationSpace = other.configurationSpace
        messageTable = other.messageTable
        firmware = other.firmware
        resources = other.resources.copy()
        vport = other.vport
        generation = other.generation
    }
}
