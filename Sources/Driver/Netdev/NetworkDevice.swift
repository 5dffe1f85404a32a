import Wire

/// The network interface: its settings and the device objects that make it up (section 3.3).
struct NetworkDevice {
    var address = MACAddress.zero
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

    init(parameters: HostSoftwareParameters) {
        mtu = parameters.mtu
        channelCount = parameters.channelCount
        logReceiveRing = parameters.logReceiveRing
        logTransmitRing = parameters.logTransmitRing
        rss.spread(over: channelCount)
    }

    /// Fits the settings to what the device offers, before the objects are created.
    mutating func prepare(device: DeviceState, parameters: HostSoftwareParameters) {
        maximumChannelCount = min(device.channelLimit, max(parameters.coreCount, channelCount))
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

/// Offloads that are switched with `ethtool -K`.
struct InterfaceFeatures {
    var receiveChecksum = true
    var transmitChecksum = true
    var tcpSegmentation = true
    var genericSegmentation = true
    var receiveVLAN = true
    var transmitVLAN = true
    var receiveHash = true
    var vlanFilter = true
}

/// Moderation of completions (`ethtool -C`).
struct Coalescing: Equatable {
    /// Microseconds and completions until an event, by direction.
    var receiveMicroseconds: UInt32 = 8
    var receiveFrames: UInt32 = 128
    var transmitMicroseconds: UInt32 = 8
    var transmitFrames: UInt32 = 128
}

/// How received packets are spread over the channels (`ethtool -X`, `-N rx-flow-hash`).
struct ReceiveSideScaling {
    static let tableSize = 256
    static let keyByteCount = 40
    /// Published verification key of the Toeplitz hash, so that its vectors can be checked by eye.
    var key: [UInt8] = [
        0x6d, 0x5a, 0x56, 0xda, 0x25, 0x5b, 0x0e, 0xc2, 0x41, 0x67, 0x25, 0x3d, 0x43, 0xa3, 0x8f, 0xb0,
        0xd0, 0xca, 0x2b, 0xcb, 0xae, 0x7b, 0x30, 0xb4, 0x77, 0xcb, 0x2d, 0xa3, 0x80, 0x30, 0xf2, 0x0c,
        0x6a, 0x42, 0xb7, 0x3b, 0xbe, 0xac, 0x01, 0xfa,
    ]
    /// Channel of each entry.
    var table = Array(repeating: 0, count: Self.tableSize)
    var isUserSet = false
    /// Hashed fields of the ten traffic types, in the order of `TrafficType`.
    var fields: [HashFields] = TrafficType.all.map(\.defaultFields)

    mutating func spread(over count: Int) {
        for index in table.indices { table[index] = index % max(count, 1) }
        isUserSet = false
    }
}

/// The ten kinds of traffic with an indirect TIR each, and what steers to them.
struct TrafficType {
    var isIPv6: Bool
    /// Next protocol; zero for any.
    var ipProtocol: UInt32

    static let all: [TrafficType] = [6, 17, 51, 50, 0].flatMap { (number: UInt32) in
        [TrafficType(isIPv6: false, ipProtocol: number), TrafficType(isIPv6: true, ipProtocol: number)]
    }

    var defaultFields: HashFields {
        switch ipProtocol {
        case 6, 17: [.sourceIP, .destinationIP, .l4SourcePort, .l4DestinationPort]
        case 50, 51: [.sourceIP, .destinationIP, .ipsecSPI]
        default: [.sourceIP, .destinationIP]
        }
    }
}
