package import Host
package import Simulation

/// The operating system of one host: a core driver for each function, the auxiliary bus, netdevs, processors, and the
/// commands that people type.
///
/// It touches its host's memory and the bus, nothing else. Every call may append to `kernel.events` (what is to be
/// handed back at its time), to `host.bus`, to `kernel.deliveries` and to `results`; the world drains them.
package struct HostSoftware: ~Copyable {
    package let name: String
    /// What all drivers share: memory, processors, timers, the log.
    package var kernel: Kernel
    /// Commands that ended.
    package var results: [CommandResult] = []

    var cores = Slab<CoreDriver>()
    var netdevs = Slab<Netdev>()
    var auxiliary = AuxiliaryBus()
    /// Number of the core driver of each PCI function, by the function's number; `noCore` where there is none.
    private var coreOfFunction: [UInt16] = []
    /// Number of each netdev by its name; looked up, never walked.
    var netdevNames: [String: Int] = [:]
    /// What is to be on a netdev that does not exist yet, by its name; looked up, never walked.
    var plans: [String: NetdevPlan] = [:]
    /// What is to be on a netdev that nobody has said anything of.
    var planner: (String) -> NetdevPlan = { _ in NetdevPlan() }
    /// PCI functions that are there, whether they have a driver or not.
    var plugged: [PluggedFunction] = []
    /// Whether the module that holds the core, Ethernet and subfunction drivers is loaded.
    var hasCoreModule = true
    /// Commands that wait for functions.
    var pending: [PendingCommand] = []
    /// Names that the netdevs of virtual functions are to have; looked up, never walked.
    var functionNames: [FunctionID: String] = [:]
    /// Names that the netdevs of subfunctions are to have; looked up, never walked.
    var subfunctionNames: [SubfunctionKey: String] = [:]
    /// Virtual functions that came or went and are not this host's: the world drains it.
    package var foreign: [ForeignFunction] = []
    private var nextTicket: UInt32 = 1
    private var nextLife: UInt8 = 0
    static let noCore = UInt16.max

    /// What is to be handed back, at its time: functions and netdevs by number, with the life they were in.
    package enum Event: BitwiseCopyable, Sendable {
        /// Poll a channel's queues.
        case poll(netdev: UInt16, life: UInt8, channel: UInt8, fromInterrupt: Bool)
        /// The time is over that a channel's core has spent on a poll, or on frames for sending.
        case finish(netdev: UInt16, life: UInt8, channel: UInt8)
        /// Ring the doorbell for what was handed over for sending.
        case flush(netdev: UInt16, life: UInt8, channel: UInt8)
        /// The generator of a channel may send again.
        case generate(netdev: UInt16, life: UInt8, channel: UInt8, generation: UInt32)
        /// Look at the command's entry: it may be finished, or out of time.
        case pollCommand(core: UInt16, life: UInt8, slot: UInt8, tries: UInt16, generation: UInt16)
        /// A control program's pause is over.
        case waitOver(core: UInt16, life: UInt8, generation: UInt32)
        /// Handle the control event queues.
        case control(core: UInt16, life: UInt8)
        case health(core: UInt16, life: UInt8, generation: UInt16)
    }

    /// A packet that an application consumed.
    package struct Delivery: BitwiseCopyable, Sendable {
        /// Tag of the memory it lay in (`PhysicalMemory`), which finds its journey.
        package var tag: UInt32
        package var byteCount: UInt32
        /// Receive queue it came by.
        package var queue: UInt16
    }

    /// The software of a host, whose drivers may use the physical addresses of `memory`.
    package init(
        name: String, parameters: HostSoftwareParameters = HostSoftwareParameters(), memory: Range<UInt64>
    ) {
        self.name = name
        kernel = Kernel(parameters: parameters, memory: memory)
    }

    /// Handles an event that was asked for.
    package mutating func handle(_ event: Event, at now: SimTime, host: inout Host, medium: inout Medium) {
        switch event {
        case .poll(let number, let life, let channel, let fromInterrupt):
            guard let netdev = channelOwner(number, life, channel) else { return }
            let core = cores[netdev.pointee.core]
            netdev.pointee.poll(
                Int(channel), fromInterrupt: fromInterrupt, at: now, core: &core.pointee.interface, kernel: &kernel,
                host: &host, medium: &medium)
            finishPoll(of: netdev, core, at: now, host: &host, medium: &medium)
        case .finish(let number, let life, let channel):
            guard let netdev = channelOwner(number, life, channel) else { return }
            let core = cores[netdev.pointee.core]
            netdev.pointee.finish(
                Int(channel), at: now, core: &core.pointee.interface, kernel: &kernel, host: &host, medium: &medium)
            finishPoll(of: netdev, core, at: now, host: &host, medium: &medium)
        case .flush(let number, let life, let channel):
            guard let netdev = channelOwner(number, life, channel) else { return }
            netdev.pointee.flush(Int(channel), at: now, kernel: &kernel)
        case .generate(let number, let life, let channel, let generation):
            guard let netdev = channelOwner(number, life, channel), generation == netdev.pointee.generator.generation
            else { return }
            netdev.pointee.generate(Int(channel), at: now, kernel: &kernel, host: &host, medium: &medium)
        case .pollCommand(let core, let life, let slot, let tries, let generation):
            guard isAlive(core, life) else { return }
            pollCommand(Int(slot), of: Int(core), tries: tries, generation: generation, at: now, host: &host)
        case .waitOver(let core, let life, let generation):
            guard isAlive(core, life) else { return }
            finishWait(of: Int(core), generation: generation, at: now, host: &host)
        case .control(let core, let life):
            guard isAlive(core, life) else { return }
            serviceControlQueues(of: Int(core), at: now, host: &host)
        case .health(let core, let life, let generation):
            guard isAlive(core, life) else { return }
            readHealth(of: Int(core), generation: generation, at: now, host: &host)
        }
    }

    /// Does for others what a poll has left to do.
    @inline(__always)
    private mutating func finishPoll(
        of netdev: UnsafeMutablePointer<Netdev>, _ core: UnsafeMutablePointer<CoreDriver>, at now: SimTime,
        host: inout Host, medium: inout Medium
    ) {
        if !kernel.handoffs.isEmpty { handOver(at: now, host: &host, medium: &medium) }
        if !core.pointee.interface.requests.isEmpty { runRequests(of: netdev.pointee.core, at: now, host: &host) }
    }

    /// Handles what arrived from the bus.
    package mutating func receive(_ event: BusEvent, at now: SimTime, host: inout Host, medium: inout Medium) {
        switch event {
        case .interrupt(let function, let vector):
            guard let core = core(of: function) else { return }
            interrupt(vector, of: core, at: now)
        case .completion(_, let tag, let value):
            let core = Int(tag >> 16)
            guard cores.contains(core) else { return }
            finishRead(tag, value, of: core, at: now, host: &host)
        case .fault(let function):
            while let fault = host.takeFault(of: function) {
                let device = core(of: function).map { cores[$0].pointee.interface.deviceName } ?? "unknown"
                let address = String(fault.address, radix: 16)
                kernel.note("DMA fault: address 0x\(address), reason \(fault.reason)", of: device, at: now)
            }
        case .configurationRead, .configurationWrite, .memoryRead, .memoryWrite:
            preconditionFailure("a driver does not receive what it sends")
        }
    }

    /// How long each core of the host has worked, in picoseconds.
    package var processorTimes: [UInt64] { kernel.processors.usedTime }

    // MARK: Finding things

    @inline(__always)
    private func channelOwner(_ netdev: UInt16, _ life: UInt8, _ channel: UInt8) -> UnsafeMutablePointer<Netdev>? {
        guard netdevs.contains(Int(netdev)) else { return nil }
        let pointer = netdevs[Int(netdev)]
        return pointer.pointee.life == life && Int(channel) < pointer.pointee.channelCount ? pointer : nil
    }

    private func isAlive(_ core: UInt16, _ life: UInt8) -> Bool {
        cores.contains(Int(core)) && cores[Int(core)].pointee.life == life
    }

    /// Number of the core driver of a PCI function, or of a subfunction.
    func core(of function: FunctionID) -> Int? {
        let index = Int(function.index)
        guard index < coreOfFunction.count, coreOfFunction[index] != Self.noCore else { return nil }
        return Int(coreOfFunction[index])
    }

    /// Notes which core driver a function has.
    mutating func setCore(_ core: Int?, of function: FunctionID) {
        let index = Int(function.index)
        if index >= coreOfFunction.count {
            coreOfFunction += Array(repeating: Self.noCore, count: index + 1 - coreOfFunction.count)
        }
        coreOfFunction[index] = core.map { UInt16($0) } ?? Self.noCore
    }

    /// The next number that tells a thing from an earlier one in its place.
    mutating func makeLife() -> UInt8 {
        nextLife &+= 1
        return nextLife
    }

    /// A name for a command that begins.
    mutating func makeTicket() -> CommandTicket {
        defer { nextTicket += 1 }
        return CommandTicket(number: nextTicket)
    }
}
