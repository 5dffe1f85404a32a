package import Host
package import Wire

/// One PCI function of the NIC: everything that belongs to it and to no other.
///
/// A function is a security domain. Its objects have numbers of their own, its memory accesses go through its own IOMMU
/// domain, and the only thing of it that leaves is a frame, through its port of the switch.
package struct Function: Sendable {
    package let id: FunctionID
    /// The physical port its frames leave by while the switch passes everything through.
    package let port: PortID

    package var configurationSpace: ConfigurationSpace
    package var messageTable: MessageTable
    package var firmware: FunctionFirmware
    package var resources: Resources
    package var vport: VPort

    /// Counts resets. Every event that concerns the function's queues carries it, and one of an earlier life is ignored.
    package var generation: UInt8 = 0
}

/// The objects that a function's driver has created (native interface, section 6).
package struct Resources: Sendable {
    package var uars: ObjectTable<UserAccessRegion>
    package var protectionDomains: ObjectTable<ProtectionDomain>
    package var transportDomains: ObjectTable<TransportDomain>
    package var memoryKeys: ObjectTable<MemoryKey>
    package var eventQueues: ObjectTable<NativeEventQueue>
    package var completionQueues: ObjectTable<CompletionQueue>
    package var sendQueues: ObjectTable<SendQueue>
    package var receiveQueues: ObjectTable<ReceiveQueue>
    package var transportSends: ObjectTable<TransportInterfaceSend>
    package var transportReceives: ObjectTable<TransportInterfaceReceive>
    package var queueTables: ObjectTable<ReceiveQueueTable>
    package var queueCounters: ObjectTable<QueueCounters>
    package var flowTables: ObjectTable<FlowTable>
    package var flowCounters: ObjectTable<FlowCounter>
    /// The flow table at which a received frame starts; `nil` until SET_FLOW_TABLE_ROOT.
    package var receiveRoot: Int?
}

/// Names one physical port of the NIC.
package struct PortID: Hashable, Sendable, BitwiseCopyable {
    package var index: UInt8
    package init(_ index: Int) { self.index = UInt8(truncatingIfNeeded: index) }
}
