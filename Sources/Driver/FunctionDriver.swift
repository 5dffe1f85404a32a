package import Host
package import Simulation
import Wire

/// The software of one function: core driver, network interface, and the application on top.
///
/// It touches its host's memory and the bus, nothing else. Every call may append to `events` (what is to be handed
/// back at its time), to `host.bus`, to `deliveries` and to `results`; the world drains them.
package struct FunctionDriver: ~Copyable {
    package let function: FunctionID
    /// Name of the network interface.
    package let name: String
    package internal(set) var parameters: HostSoftwareParameters

    package var events = Outbox<Event>(capacity: 64)
    /// Packets the application consumed.
    package var deliveries = Outbox<Delivery>(capacity: 256)
    /// Received packets that another interface is to send.
    package var handoffs: [Handoff] = []
    /// Control commands that ended.
    package var results: [CommandResult] = []
    package internal(set) var state = State.idle
    package internal(set) var log = DriverLog()
    /// What the stack sees: received packets as they leave the driver, sent ones as they enter it.
    package var tapPoint: TapPoint?
    /// What is done with received packets, and what is sent.
    package internal(set) var application = Application.sink
    /// The application without its traffic pattern, which the per-packet path would have to copy.
    var consumption = Consumption.deliver

    var memory: DriverMemory
    var pci = PCIState()
    var device = DeviceState()
    var netdev: NetworkDevice
    var commands: CommandQueue?
    var pages = PageAccount()
    /// Pages the device asked for by events and has not got yet.
    var pageWork: [Int] = []
    var pageCommand = PageCommand.none
    /// Whether the page command in flight is a step of the running program.
    var pageCommandServesProgram = false
    var objects: [DeviceObject] = []
    var program: ControlProgram?
    /// How often channels were made: tells buffers of closed channels from those of open ones.
    var channelGeneration: UInt32 = 0
    /// Whether the interface comes up again after a change that closed it, and after a reset.
    var reopens = false
    var reopensAfterReset = false
    var waitingPrograms: [ControlProgram] = []
    var step: ControlStep?
    var waitGeneration: UInt32 = 0
    var awaitedTag: UInt32?
    var healthTag: UInt32?
    var nextTag: UInt32 = 1
    var nextTicket: UInt32 = 1
    var health = HealthState()
    var hardware = HardwareCounters()
    var channels: UnsafeMutablePointer<Channel>
    var channelCount = 0
    /// Until when each core is busy.
    var coreBusyUntil: [SimTime]
    var statistics = InterfaceStatistics()
    var generator = GeneratorState()

    /// Most channels an interface can have.
    package static let maximumChannelCount = 64

    /// Where the function's software is in its life.
    package enum State: Equatable, Sendable {
        case idle, probing, ready, removing, removed
        case failed(reason: String)
    }

    /// What the driver asks to be handed back, at its time.
    package enum Event: BitwiseCopyable, Sendable {
        /// Look at the command's entry: it may be finished, or out of time.
        case pollCommand(slot: UInt8, tries: UInt16, generation: UInt16)
        /// A control program's pause is over.
        case waitOver(generation: UInt32)
        /// Handle the event queues of vector 0.
        case control
        /// Poll a channel's queues.
        case poll(channel: UInt16, fromInterrupt: Bool)
        /// The generator of a channel may send again.
        case generate(channel: UInt16, generation: UInt32)
        /// Ring the doorbell for what was handed over for sending.
        case flush(channel: UInt16)
        case health(generation: UInt16)
    }

    /// A packet that the application consumed.
    package struct Delivery: BitwiseCopyable, Sendable {
        /// Tag of the memory it lay in (`PhysicalMemory`), which finds its journey.
        package var tag: UInt32
        package var byteCount: UInt32
        /// Receive queue it came by.
        package var queue: UInt16
    }

    enum PageCommand { case none, giving(DMAAllocation?, count: Int), taking }

    /// The software of `function`, which may use the physical addresses of `memory`.
    package init(
        function: FunctionID, name: String, parameters: HostSoftwareParameters = HostSoftwareParameters(),
        memory: Range<UInt64>
    ) {
        self.function = function
        self.name = name
        self.parameters = parameters
        self.memory = DriverMemory(function: function, range: memory)
        netdev = NetworkDevice(parameters: parameters)
        channels = .allocate(capacity: Self.maximumChannelCount)
        coreBusyUntil = Array(repeating: .zero, count: max(parameters.coreCount, 1))
    }

    deinit {
        for index in 0..<channelCount { channels[index].deallocate() }
        channels.deallocate()
        device.deallocate()
    }

    /// Nothing is outstanding: no program runs, no command is in flight, no send is unfinished.
    package var isSettled: Bool {
        if program != nil || !waitingPrograms.isEmpty || !pageWork.isEmpty { return false }
        if let commands, commands.isBusy(0) || commands.isBusy(1) { return false }
        for index in 0..<channelCount where !channels[index].isQuiet { return false }
        return true
    }

    /// Device objects, pages and bytes of memory the driver accounts for: all zero after removal.
    package var outstanding: (objects: Int, pages: Int, memoryByteCount: UInt64) {
        (objects.count, pages.outCount, memory.usedByteCount)
    }

    /// Commands issued so far.
    package var commandCount: Int { commands?.issuedCount ?? 0 }

    /// Whether the interface is up and has a carrier.
    package var isCarrierUp: Bool { netdev.isOpen && netdev.hasCarrier }

    /// Begins the probe.
    package mutating func start(at now: SimTime, host: inout Host) {
        precondition(state == .idle || state == .removed, "started twice")
        state = .probing
        run(ControlProgram(.probe, probeProgram()), at: now, host: &host)
    }

    /// Begins the removal: closes the interface, gives everything back and resets the function.
    package mutating func remove(at now: SimTime, host: inout Host) {
        state = canRemove ? .removing : state
        var program = ControlProgram(.remove, canRemove ? removeProgram() : forcedRemoval())
        program.isForced = !canRemove
        if !canRemove { abandonPrograms(at: now, host: &host) }
        run(program, at: now, host: &host)
    }

    /// Handles an event the driver asked for.
    package mutating func handle(_ event: Event, at now: SimTime, host: inout Host, medium: inout Medium) {
        switch event {
        case .poll(let channel, let fromInterrupt):
            guard Int(channel) < channelCount else { return }
            poll(Int(channel), fromInterrupt: fromInterrupt, at: now, host: &host, medium: &medium)
        case .flush(let channel):
            guard Int(channel) < channelCount else { return }
            flush(Int(channel), at: now, host: &host)
        case .generate(let channel, let generation):
            guard Int(channel) < channelCount, generation == generator.generation else { return }
            generate(Int(channel), at: now, host: &host, medium: &medium)
        case .pollCommand(let slot, let tries, let generation):
            pollCommand(Int(slot), tries: tries, generation: generation, at: now, host: &host)
        case .waitOver(let generation):
            if generation == waitGeneration, case .wait = step { finishStep(nil, at: now, host: &host) }
        case .control:
            serviceControlQueues(at: now, host: &host)
        case .health(let generation):
            readHealth(generation: generation, at: now, host: &host)
        }
    }

    /// Handles what arrived from the bus.
    package mutating func receive(_ event: BusEvent, at now: SimTime, host: inout Host, medium: inout Medium) {
        switch event {
        case .interrupt(_, let vector):
            interrupt(vector, at: now, host: &host)
        case .completion(_, let tag, let value):
            if tag == awaitedTag {
                awaitedTag = nil
                finishRead(value, at: now, host: &host)
            } else if tag == healthTag {
                healthTag = nil
                checkHealth(value, at: now, host: &host)
            }
        case .fault:
            while let fault = host.takeFault(of: function) {
                let address = String(fault.address, radix: 16)
                note("DMA fault: address 0x\(address), reason \(fault.reason)", at: now)
            }
        case .configurationRead, .configurationWrite, .memoryRead, .memoryWrite:
            preconditionFailure("a driver does not receive what it sends")
        }
    }

    private mutating func interrupt(_ vector: UInt32, at now: SimTime, host: inout Host) {
        statistics.interrupts &+= 1
        if vector == 0 || channelCount == 0 {
            events.schedule(.control, at: now + parameters.perInterrupt)
        }
        let isShared = device.vectorCount == 1
        for index in 0..<channelCount where isShared || device.vector(ofChannel: index) == Int(vector) {
            // The poll that is pending may not be an interrupt's: without the note nobody would read and arm the queue.
            channels[index].hasEvents = true
            schedulePoll(index, fromInterrupt: true, at: now)
        }
    }

    /// Adds a line to the log, with the time as a kernel prints it.
    mutating func note(_ text: String, at now: SimTime) {
        let microseconds = now.picoseconds / 1_000_000
        let fraction = String(microseconds % 1_000_000)
        let padding = String(repeating: "0", count: 6 - fraction.count)
        log.append("[\(microseconds / 1_000_000).\(padding)\(fraction)] mlx5_core \(name): \(text)")
    }
}
