package import Wire

/// The objects that a function's driver has created (native interface, section 6).
///
/// Limits are those that the capabilities state (section 4.1).
package struct Resources: ~Copyable {
    /// Numbers are pages of BAR0; the first ones hold the initialization segment.
    package var uars = ObjectTable<UserAccessRegion>(firstNumber: 16, limit: 4096)
    package var protectionDomains = ObjectTable<ProtectionDomain>(firstNumber: 1, limit: 1 << 16)
    package var transportDomains = ObjectTable<TransportDomain>(firstNumber: 1, limit: 1 << 10)
    /// By index: the key without its low byte.
    package var memoryKeys = ObjectTable<MemoryKey>(firstNumber: 2, limit: 1 << 20)
    package var eventQueues = ObjectTable<NativeEventQueue>(firstNumber: 0, limit: 64)
    package var completionQueues = ObjectTable<CompletionQueue>(firstNumber: 1, limit: 1 << 17)
    package var sendQueues = ObjectTable<SendQueue>(firstNumber: 1, limit: 1 << 13)
    package var receiveQueues = ObjectTable<ReceiveQueue>(firstNumber: 1, limit: 1 << 13)
    package var transportSends = ObjectTable<TransportInterfaceSend>(firstNumber: 1, limit: 1 << 13)
    package var transportReceives = ObjectTable<TransportInterfaceReceive>(firstNumber: 1, limit: 1 << 13)
    package var queueTables = ObjectTable<ReceiveQueueTable>(firstNumber: 1, limit: 1 << 13)
    /// Numbers have 8 bits; zero means none.
    package var queueCounters = ObjectTable<QueueCounters>(firstNumber: 1, limit: 255)
    package var flowTables = ObjectTable<FlowTableHandle>(firstNumber: 1, limit: 1 << 16)
    package var flowCounters = ObjectTable<FlowCounterHandle>(firstNumber: 1, limit: 1 << 20)
    /// The Toeplitz hash of the key that was given last: a driver gives one key to all its interfaces.
    package var hasher = ToeplitzHasher.zero
    /// The flow table at which a received frame starts; `nil` until SET_FLOW_TABLE_ROOT.
    package var receiveRoot: FlowTableHandle?

    /// Counts queues that were made: what was on its way to one that is gone is not for the one that has its number now.
    private var life: UInt16 = 0

    package init() {}

    /// The life of a queue that is made now.
    mutating func nextLife() -> UInt16 {
        life &+= 1
        return life
    }

    /// The same objects, of a function that goes its own way from here; tables and counters of the steering engine under its handles.
    package func copy() -> Resources {
        var copy = Resources()
        copy.uars = uars.copy()
        copy.protectionDomains = protectionDomains.copy()
        copy.transportDomains = transportDomains.copy()
        copy.memoryKeys = memoryKeys.copy()
        copy.eventQueues = eventQueues.copy()
        copy.completionQueues = completionQueues.copy()
        copy.sendQueues = sendQueues.copy()
        copy.receiveQueues = receiveQueues.copy()
        copy.transportSends = transportSends.copy()
        copy.transportReceives = transportReceives.copy()
        copy.queueTables = queueTables.copy()
        copy.queueCounters = queueCounters.copy()
        copy.flowTables = flowTables.copy()
        copy.flowCounters = flowCounters.copy()
        copy.hasher = hasher
        copy.receiveRoot = receiveRoot
        copy.life = life
        return copy
    }
}
