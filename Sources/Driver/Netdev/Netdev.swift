import Simulation

/// A network interface: settings, channels, and the device objects that make it up, on top of a core driver.
///
/// It is what the driver of `mlx5_core.eth.N` makes. It touches its host's memory, the doorbell page of its function and
/// the kernel; everything else it asks of the core driver (`FunctionInterface`).
struct Netdev: ~Copyable {
    let name: String
    /// Number among the netdevs of its host.
    let index: Int
    /// Tells it from others that had the same number before.
    let life: UInt8
    /// Number of its core driver.
    let core: Int
    /// What the stack sees: received packets as they leave the driver, sent ones as they enter it.
    var tapPoint: TapPoint?
    /// What is done with received packets, and what is sent.
    var application = Application.sink
    /// The application without its traffic pattern, which the per-packet path would have to copy.
    var consumption = Consumption.deliver

    var settings: NetdevSettings
    /// Device objects that were made for it.
    var objects: [DeviceObject] = []
    /// The device knows its objects, and it can be opened.
    var isReady = false
    /// How often channels were made: tells buffers of closed channels from those of open ones.
    var channelGeneration: UInt32 = 0
    /// Whether the interface comes up again after a change that closed it, and after a reset.
    var reopens = false
    var reopensAfterReset = false
    var hardware = HardwareCounters()
    private(set) var channels: UnsafeMutablePointer<Channel>
    private var channelCapacity = 0
    var channelCount = 0
    var statistics = InterfaceStatistics()
    var generator = GeneratorState()

    /// Most channels an interface can have.
    static let maximumChannelCount = 64

    init(name: String, index: Int, life: UInt8, core: Int, settings: NetdevSettings) {
        self.name = name
        self.index = index
        self.life = life
        self.core = core
        self.settings = settings
        channels = .allocate(capacity: 0)
    }

    deinit {
        for index in 0..<channelCount {
            channels[index].deallocate()
            (channels + index).deinitialize(count: 1)
        }
        channels.deallocate()
    }

    /// Makes room for `count` channels, while there are none.
    mutating func reserveChannels(_ count: Int) {
        precondition(channelCount == 0, "channels are in use")
        guard count > channelCapacity else { return }
        channels.deallocate()
        channels = .allocate(capacity: count)
        channelCapacity = count
    }

    /// Nothing was handed over that has not completed.
    var isQuiet: Bool {
        for index in 0..<channelCount where !channels[index].isQuiet { return false }
        return true
    }

    /// Whether the interface is up and has a carrier.
    var isCarrierUp: Bool { settings.isOpen && settings.hasCarrier }

    /// Takes an interrupt: every channel that its vector serves is polled.
    ///
    /// A vector that several functions share is looked at first: there may be nothing for this one.
    mutating func interrupt(
        _ vector: UInt32, isShared: Bool, at now: SimTime, core: borrowing FunctionInterface, kernel: inout Kernel
    ) {
        for index in 0..<channelCount where core.vector(ofChannel: index) == Int(vector) {
            if isShared, !core.hasEvents(of: .completion(index)) { continue }
            // The poll that is pending may not be an interrupt's: without the note nobody would read and arm the queue.
            channels[index].hasEvents = true
            schedulePoll(index, fromInterrupt: true, at: now, kernel: &kernel)
        }
    }

    /// Adds a line to the log.
    func note(_ text: String, at now: SimTime, core: borrowing FunctionInterface, kernel: inout Kernel) {
        kernel.note("\(name): \(text)", of: core.deviceName, at: now)
    }
}
