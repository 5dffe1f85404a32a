import Wire

/// The settings of a network interface, and the numbers of the device objects that make it up (section 3.3).
struct NetdevSettings {
    var address = MACAddress.zero
    /// The vport had no address.
    var hasMadeUpAddress = false
    var mtu: Int
    var isOpen = false
    /// Channels are there and the open program has not ended.
    var isOpening = false
    var hasCarrier = false
    var vportIsUp = false
    var isPromiscuous = false
    var acceptsAllMulticast = false

    var channelCount: Int
    var maximumChannelCount = 1
    var logReceiveRing: Int
    var logTransmitRing: Int
    /// Binary logarithm of the control ring's blocks.
    var logControlRing = 6
    var features = InterfaceFeatures()
    var coalescing = Coalescing()
    var rss = ReceiveSideScaling()
    var pausesReceive = false
    var pausesTransmit = false

    var pd: UInt32 = 0
    var transportDomain: UInt32 = 0
    /// Memory key of all memory: index << 8.
    var mkey: UInt32 = 0
    var tis: [UInt32] = []
    var queueCounter: UInt32 = 0
    var dropQueueCounter: UInt32 = 0
    var dropMemory: DMAAllocation?
    var dropCQ: UInt32 = 0
    var dropRQ: UInt32 = 0
    var indirectRQT: UInt32 = 0
    var indirectTIRs: [UInt32] = []
    var directRQTs: [UInt32] = []
    var directTIRs: [UInt32] = []
    var tables: [UInt32?] = [nil, nil, nil, nil]
    var groups: [[UInt32]] = [[], [], [], []]
    var maximumMTU: UInt32 = 0
    var hardwareMTU: UInt32 = 0
    var ethernetProtocols: UInt32 = 0

    /// The settings that a netdev of a function of this kind starts with.
    init(parameters: HostSoftwareParameters, kind: FunctionKind) {
        mtu = parameters.mtu
        if case .subfunction = kind {
            channelCount = 1
            logReceiveRing = parameters.logSubfunctionRing
            logTransmitRing = parameters.logSubfunctionRing
            logControlRing = 2
        } else {
            channelCount = parameters.channelCount
            logReceiveRing = parameters.logReceiveRing
            logTransmitRing = parameters.logTransmitRing
        }
        rss.spread(over: channelCount)
    }

    /// Fits the settings to what the device offers, before the objects are created.
    mutating func prepare(channelLimit: Int, parameters: HostSoftwareParameters) {
        maximumChannelCount = min(channelLimit, max(parameters.coreCount, channelCount))
        if channelCount > maximumChannelCount {
            channelCount = maximumChannelCount
            rss.spread(over: channelCount)
        }
        tis = []
        indirectTIRs = []
        directRQTs = []
        directTIRs = []
        tables = [nil, nil, nil, nil]
        groups = [[], [], [], []]
        isOpen = false
        isOpening = false
        hasCarrier = false
    }

    /// Bytes of a receive buffer: a power of two that holds the largest frame with its tags.
    func receiveBufferByteCount(_ parameters: HostSoftwareParameters) -> Int {
        if parameters.receiveBufferByteCount > 0 { return min(parameters.receiveBufferByteCount, 16_384) }
        var size = 2048
        while size < mtu + 22, size < 16_384 { size *= 2 }
        return size
    }
}
