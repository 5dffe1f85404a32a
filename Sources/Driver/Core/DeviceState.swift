import Host
import Wire

/// What enumeration found out about the PCI function.
struct PCIState {
    var vendorID: UInt32 = 0
    var deviceID: UInt32 = 0
    var command: UInt32 = 0
    var powerManagement = 0
    var pciExpress = 0
    var msix = 0
    var barSizes = Array(repeating: UInt64(0), count: 6)
    var tableBIR: UInt8 = 0
    var tableOffset: UInt32 = 0
    /// Capabilities walked so far, so that a list that runs in a circle ends.
    var walkedCount = 0
}

/// What the core driver holds of the device.
struct DeviceState {
    var vectorCount = 0
    var initialPollCount = 0
    var isInitialized = false
    var issi: UInt32 = 0
    var firmwareVersion = (major: UInt32(0), minor: UInt32(0), subminor: UInt32(0))
    var boardID = ""
    var logCommandQueueSize = 5
    var logCommandStride = 6
    /// Capabilities by type, current values.
    var general = Record(byteCount: 0)
    var ethernet = Record(byteCount: 0)
    var flowTable = Record(byteCount: 0)
    var uar: UInt32 = 0
    var eventQueues: [EventRing] = []
    var anchorTable: UInt32?

    func index(of role: EventQueueRole) -> Int? { eventQueues.firstIndex { $0.role == role } }

    /// Vector of a channel's completion event queue: 0 is the control vector, unless there is only one.
    func vector(ofChannel channel: Int) -> Int { vectorCount <= 1 ? 0 : 1 + channel % (vectorCount - 1) }

    /// Most channels the vectors serve, each with its own.
    var channelLimit: Int { max(1, min(vectorCount - 1, FunctionDriver.maximumChannelCount)) }

    /// Offset in BAR0 of a register of the driver's doorbell page.
    func doorbellOffset(_ register: Int) -> UInt32 { uar * UInt32(UAR.byteCount) + UInt32(register) }

    func deallocate() { for queue in eventQueues { queue.ring.deallocate() } }
}

/// The health counter as it was seen.
struct HealthState {
    var generation: UInt16 = 0
    var lastCounter: UInt32 = .max
    var missCount = 0
}
