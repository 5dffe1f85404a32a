package import Host
package import Simulation
package import Wire

/// The NIC as one value: every block is a stored property, every event a case, and `handle` the one place where an
/// event finds its block.
///
/// Whoever owns a NIC delivers its events (`events`) back to `handle` at their times, moves frames that left a port
/// (`departures`) to the wire, and hands it what arrives from the bus (`receive(_:at:)`) and the wires
/// (`receive(_:on:at:)`).
package struct NIC: ~Copyable {
    package let parameters: NICParameters
    /// Which function numbers are this NIC's.
    package let layout: FunctionLayout
    package var functions: FunctionSlab
    /// What functions of a kind have in common.
    let templates: FunctionTemplates
    /// What is known of functions before they exist.
    private(set) var plans = FunctionPlans()
    /// What is known of the functions that each physical function's firmware manages.
    var managedStates: [ManagedStates]
    package var ports: StableArray<Port>
    package var switching: Switch
    /// Flow tables of all functions.
    package var steering: Steering
    /// The links to hosts.
    package var links: StableArray<PCIeLink>
    /// Where frames can be captured at each port.
    package var portTaps: [TapPoint?]

    var scheduler: SendScheduler
    var sendDecoder: Pipeline
    var sendPipeline: Pipeline
    var receivePipeline: Pipeline
    var receiver: ReceiveScheduler
    var receiveJobs = ReceiveJobs()
    /// When what is over of the books of shared parts is given up again.
    private var nextAdvance = SimTime.zero
    /// Bytes of frames on their way from one function to another.
    package var loopbackByteCount = 0
    /// Entries of work queues on their way through a decoder.
    let scratch = Scratch(byteCount: 8192)

    /// What the NIC wants to happen later.
    package var events = Outbox<Event>(capacity: 256)
    /// Frames that have left a port: the time is that of their last bit.
    package var departures = Outbox<Departure>(capacity: 256)

    /// Everything that can happen inside the NIC.
    package enum Event: BitwiseCopyable, Sendable {
        /// A posted write, a read or a configuration access reached the function.
        case bus(BusEvent)
        /// Something the firmware was waiting for.
        case firmware(FunctionID, FirmwareEvent)
        /// Something a queue engine was waiting for, in the life of the function that `generation` counts.
        case queue(FunctionID, generation: UInt16, QueueEvent)
        /// The send scheduler may go on.
        case schedule
        /// The writes of a link are up to date again.
        case receiver(link: UInt8)
        /// The transmitter of a port takes more.
        case transmitter(PortID)
        /// The last bit of a frame has left a port that is being captured.
        case departed(PortID, FrameID)
    }

    /// A frame that left.
    package struct Departure: BitwiseCopyable, Sendable {
        package var port: PortID
        package var frame: FrameID
    }

    /// A NIC as it comes out of power-on, whose functions have the numbers from `firstFunction` on.
    package init(_ parameters: NICParameters, firstFunction: Int = 0) {
        self.parameters = parameters
        layout = FunctionLayout(first: firstFunction, parameters.functions)
        functions = FunctionSlab(range: layout.range)
        templates = FunctionTemplates(parameters, layout)
        managedStates = parameters.functions.map { _ in ManagedStates() }
        ports = StableArray(count: parameters.portSpeeds.count) {
            Port(speed: parameters.portSpeeds[$0], maximumMTU: parameters.maximumMTU)
        }
        switching = Switch(
            portCount: parameters.portSpeeds.count, descriptions: parameters.functions, layout: layout)
        let linkCount = 1 + (parameters.functions.map(\.link).max() ?? 0)
        links = StableArray(count: linkCount) { _ in PCIeLink(parameters.pcie) }
        scheduler = SendScheduler(linkCount: linkCount, portCount: parameters.portSpeeds.count)
        receiver = ReceiveScheduler(linkCount: linkCount)
        steering = Steering(tableLimit: parameters.deepestSteering)
        portTaps = Array(repeating: nil, count: parameters.portSpeeds.count)
        sendDecoder = Pipeline(latency: parameters.sendDecodeLatency, interval: parameters.sendDecodeInterval)
        sendPipeline = Pipeline(latency: parameters.sendPipelineLatency, interval: parameters.sendPipelineInterval)
        receivePipeline = Pipeline(
            latency: parameters.receivePipelineLatency, interval: parameters.receivePipelineInterval)
        for number in 0..<layout.physicalCount {
            // The host's function waits until the SmartNIC's own processors let it start.
            make(layout.physical(number), isOnBus: true, isHeld: manager(ofPhysical: number) != number)
        }
    }

    /// Has frames that pass the switch's port of `function` captured at `tap`, now and whenever the function exists.
    package mutating func setTap(_ tap: TapPoint?, of function: FunctionID) {
        plans[function].tap = tap
        if functions.contains(Int(function.index)) { functions[Int(function.index)].tap = tap }
    }

    /// Gives `function`, which does not exist yet, the permanent address `address` once it does.
    package mutating func setAddress(_ address: MACAddress, of function: FunctionID) {
        plans[function].address = address
    }

    /// What the subfunction of physical function `physical` will be like that its user calls `number`.
    package mutating func setPlan(_ plan: FunctionPlan, ofSubfunction number: UInt32, of physical: Int) {
        plans[number, physical] = plan
    }

    /// Forgets translations of `count` pages of 4 KiB of `function` from number `page` on, which its host has unmapped.
    package mutating func forgetTranslations(of function: FunctionID, page: UInt64, count: UInt64) {
        for index in links.indices { links[index].translations.invalidate(function, page: page, count: count) }
    }

    /// Forgets every translation.
    package mutating func forgetTranslations() {
        for index in links.indices { links[index].translations.invalidateAll() }
    }

    /// Gives up what is over of the books of shared parts, from time to time: it changes no answer.
    @inline(never) private mutating func forget(before now: SimTime) {
        nextAdvance = now + .nanoseconds(100)
        for index in links.indices { links[index].advance(to: now) }
        sendDecoder.advance(to: now)
        sendPipeline.advance(to: now)
        receivePipeline.advance(to: now)
    }

    /// Lets `event` happen, whose time has come.
    package mutating func handle(
        _ event: Event, at now: SimTime, platform: inout Platform, medium: inout Medium
    ) {
        if now >= nextAdvance { forget(before: now) }
        switch event {
        case .bus(let event): handle(event, at: now, platform: &platform, medium: &medium)
        case .firmware(let function, let event):
            handleFirmware(event, of: function, at: now, platform: &platform, medium: &medium)
        case .queue(let function, let generation, let event):
            handle(event, of: function, generation: generation, at: now, platform: &platform, medium: &medium)
        case .schedule:
            schedulerWakes(at: now, platform: &platform, medium: &medium)
        case .receiver(let link):
            receiver.isWaking[Int(link)] = false
            runReceiveLine(Int(link), at: now, platform: &platform, medium: &medium)
        case .transmitter(let port):
            serveTransmitter(port, at: now, platform: &platform, medium: &medium)
        case .departed(let port, let frame):
            recordDeparture(of: frame, from: port, at: now, medium: &medium)
        }
    }
}
