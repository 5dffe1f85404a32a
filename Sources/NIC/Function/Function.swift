package import Host
package import Simulation
import Wire

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
    /// Whether the bus finds it: a virtual function only while it is enabled.
    package var isOnBus = true
    /// Whether it may read and write host memory, and whether it claims accesses to its registers.
    package var reachesMemory = false
    package var claimsRegisters = false
    /// Virtual functions that are enabled.
    package var enabledVFCount = 0
    /// Interrupt vectors that its event queues can name: of a subfunction those of its physical function.
    package var vectorLimit: Int

    /// Configuration space and vectors; a subfunction has none and uses its physical function's.
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
    init(
        _ id: FunctionID, _ kind: FunctionLayout.Kind, of parameters: borrowing NICParameters,
        _ layout: FunctionLayout, _ templates: FunctionTemplates
    ) {
        let description = parameters.functions[kind.physical]
        self.id = id
        self.kind = kind
        port = description.port
        link = description.link
        configurationSpace = ConfigurationSpace(templates.configurationLayout(of: kind))
        let vectorCount =
            kind.isVirtual ? parameters.capacity.virtualFunctionVectorCount : parameters.identity.vectorCount
        messageTable = MessageTable(vectorCount: vectorCount)
        vectorLimit = vectorCount
        let number = UInt32(Int(id.index) - layout.first + 1)
        firmware = FunctionFirmware(
            parameters.firmware, capabilities: CapabilityPages(templates.capabilities(of: kind), vhcaID: number))
        firmware.isEmbedded = description.isEmbedded && kind.isPhysical
        resources = Resources()
        vport = VPort(address: kind.isPhysical ? description.macAddress : .zero, mtu: parameters.defaultMTU)
        vport.systemImageIdentifier = parameters.systemImageIdentifier
    }

    /// Puts everything into the state of `other`, which is the same function of another NIC.
    package mutating func become(_ other: borrowing Function) {
        configurationSpace = other.configurationSpace
        messageTable = other.messageTable
        firmware = other.firmware
        resources = other.resources.copy()
        vport = other.vport
        generation = other.generation
        isOnBus = other.isOnBus
        reachesMemory = other.reachesMemory
        claimsRegisters = other.claimsRegisters
        enabledVFCount = other.enabledVFCount
    }
}
