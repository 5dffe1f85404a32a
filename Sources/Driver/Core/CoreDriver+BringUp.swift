import Host
import Simulation
import Wire

/// The core driver: the order of section 3.1, and of 3.5 backwards.
extension CoreDriver {
    /// Section 3.1; the drivers of auxiliary devices follow when these are published.
    func probeProgram() -> [ControlStep] {
        enumerationProgram() + [.local(.enableDevice)] + loadProgram()
            + [.local(.publish), .local(.admitHost), .local(.becomeReady)]
    }

    /// From the initialization segment to the anchor table.
    func loadProgram() -> [ControlStep] {
        let isPhysical = kind == .physical
        return [
            .registerRead(offset: InitializationSegment.initializing.offset, .initializing),
            .registerRead(offset: 0x0, .firmwareRevision),
            .registerRead(offset: 0x4, .commandInterface),
            .registerRead(offset: InitializationSegment.cmdqPhyAddrLow.offset, .commandQueue),
            .local(.setUpCommandQueue),
            .core(.enableHCA), .core(.queryISSI), .core(.setISSI),
            .core(.queryPages(.boot)),
        ] + (isPhysical ? [.core(.hostEndianness)] : []) + [
            .core(.queryCapabilities(.general, maximum: false)), .core(.queryCapabilities(.general, maximum: true)),
            .core(.setCapabilities),
            .core(.queryPages(.initialization)),
            .core(.initHCA),
            .core(.queryCapabilities(.general, maximum: false)),
            .core(.queryCapabilities(.ethernetOffloads, maximum: false)),
            .core(.queryCapabilities(.flowTable, maximum: false)),
            .local(.queryManagerCapabilities),
            .core(.queryAdapter), .core(.allocUAR),
            .core(.createEQ(.command)), .local(.enterEventMode),
            .core(.createEQ(.asynchronous)), .core(.createEQ(.pages)),
            .core(.createAnchorTable), .core(.setAnchorRoot),
        ]
    }

    /// Section 3.5, after the drivers of auxiliary devices have let go: everything back.
    func unloadProgram() -> [ControlStep] {
        [
            .core(.destroyEQ(.asynchronous)), .local(.enterPollingMode), .destroyAll(.core), .core(.teardownHCA),
            .core(.takePages(of: ownNumber)), .core(.disableHCA), .local(.finishRemoval),
        ]
    }

    /// What is left of a removal when the device does not answer: it is reset, and everything it kept is taken back.
    func forcedRemoval() -> [ControlStep] {
        [.local(.functionLevelReset), .wait(.milliseconds(100)), .local(.forgetDevice), .local(.finishRemoval)]
    }

    /// Takes what a read of the initialization segment answered.
    mutating func registerValue(_ value: UInt32, for use: RegisterUse) throws(DriverError) {
        switch use {
        case .initializing:
            guard value >> 31 != 0 else {
                interface.isEmbedded = value >> 23 & 1 != 0
                return
            }
            initialPollCount += 1
            guard initialPollCount < 6_000 else {
                throw DriverError("firmware is still initializing after 120 s: does its manager enable the function?")
            }
            prepend([
                .wait(.milliseconds(20)),
                .registerRead(offset: InitializationSegment.initializing.offset, .initializing),
            ])
        case .firmwareRevision:
            guard value != .max else { throw DriverError("the initialization segment reads as all ones") }
            interface.firmwareVersion.minor = value >> 16
            interface.firmwareVersion.major = value & 0xffff
        case .commandInterface:
            interface.firmwareVersion.subminor = value & 0xffff
            guard value >> 16 == InitializationSegment.supportedCmdInterfaceRev else {
                throw DriverError("command interface revision \(value >> 16) is not supported, 5 is needed")
            }
        case .commandQueue:
            logCommandQueueSize = Int(value >> 4 & 0xf)
            logCommandStride = Int(value & 0xf)
            let (size, stride) = (logCommandQueueSize, logCommandStride)
            guard size <= 5, stride >= 6, size + stride <= 12 else {
                throw DriverError("the device's command queue of 2^\(size) entries 2^\(stride) apart is not supported")
            }
        case .health: break
        }
    }

    /// Does what needs neither the device nor the drivers of auxiliary devices.
    mutating func perform(
        _ step: LocalStep, at now: SimTime, kernel: inout Kernel, host: inout Host
    ) throws(DriverError) {
        switch step {
        case .enableDevice:
            initialPollCount = 0
            prepend(enablingProgram())
        case .setUpCommandQueue: try setUpCommandQueue(at: now, kernel: &kernel, host: &host)
        case .enterEventMode: commands?.usesEvents = true
        case .enterPollingMode: commands?.usesEvents = false
        case .queryManagerCapabilities: prepend(managerCapabilityQueries())
        case .becomeReady: becomeReady(at: now, kernel: &kernel)
        case .finishRemoval: finishRemoval(at: now, kernel: &kernel, host: &host)
        case .forgetDevice: forgetDevice(kernel: &kernel, host: &host)
        case .functionLevelReset: resetFunctionLevel(at: now, host: &host)
        default: break
        }
    }

    private mutating func becomeReady(at now: SimTime, kernel: inout Kernel) {
        state = .ready
        let version = interface.firmwareVersion
        note("firmware version: \(version.major).\(version.minor).\(version.subminor)", at: now, kernel: &kernel)
        guard kernel.parameters.watchesHealth else { return }
        health.generation &+= 1
        kernel.events.schedule(healthEvent, at: now + .milliseconds(2_000))
    }

    /// What only somebody who manages an e-switch asks for.
    private func managerCapabilityQueries() -> [ControlStep] {
        guard interface.capabilities.isEswitchManager else { return [] }
        let types: [HCACapabilityType] = [.eswitchFlowTable, .eswitch]
        return types.map { .core(.queryCapabilities($0, maximum: false)) }
            + (interface.capabilities.hasQoS ? [.core(.queryCapabilities(.qos, maximum: false))] : [])
    }

    /// Sets the bit of the PCI Express device control register that resets the function.
    private func resetFunctionLevel(at now: SimTime, host: inout Host) {
        guard pci.pciExpress > 0, kind.hasPCIIdentity else { return }
        let offset = pci.pciExpress + PCIExpressCapability.deviceControl.offset
        host.send(
            .configurationWrite(interface.function, offset: UInt16(offset), byteCount: 2, value: 0x8000), at: now)
    }

    private mutating func setUpCommandQueue(
        at now: SimTime, kernel: inout Kernel, host: inout Host
    ) throws(DriverError) {
        if kind.hasPCIIdentity { programVectors(at: now, host: &host) }
        let function = interface.function
        let entries = try kernel.memory.allocate(byteCount: 4096, for: function, host: &host)
        let mailboxes = try kernel.memory.allocate(
            byteCount: CommandQueue.mailboxByteCount(profile), for: function, host: &host)
        commands = CommandQueue(
            entries: entries, mailboxes: mailboxes, logStride: logCommandStride,
            entryCount: 1 << logCommandQueueSize, profile: profile)
        let high = UInt32(InitializationSegment.cmdqPhyAddrHigh.offset)
        interface.registers.write(high, UInt32(entries.address >> 32), at: now, host: &host)
        interface.registers.write(high + 4, UInt32(truncatingIfNeeded: entries.address), at: now, host: &host)
    }

    /// Takes everything back from a function that is gone.
    mutating func forget(at now: SimTime, kernel: inout Kernel, host: inout Host) {
        forgetDevice(kernel: &kernel, host: &host)
        finishRemoval(at: now, kernel: &kernel, host: &host)
    }

    /// Forgets the virtual functions and subfunctions that a reset has taken along.
    mutating func forgetOthers() {
        subfunctions = [:]
        virtualFunctions.count = 0
        virtualFunctions.enablingCount = 0
        eswitch = nil
        objects.removeAll { $0.scope != .core }
    }

    /// Gives back everything a device kept that was reset without being told to let go of it.
    ///
    /// Nothing of it is in use any more: a function-level reset ends every access (section 3.5).
    private mutating func forgetDevice(kernel: inout Kernel, host: inout Host) {
        forgetPages(kernel: &kernel, host: &host)
        objects = []
        interface.anchorTable = nil
    }

    private mutating func finishRemoval(at now: SimTime, kernel: inout Kernel, host: inout Host) {
        for queue in interface.eventQueues {
            kernel.memory.release(queue.ring.allocation, host: &host)
            queue.ring.deallocate()
        }
        interface.eventQueues = []
        if let queue = commands {
            kernel.memory.release(queue.entries, host: &host)
            kernel.memory.release(queue.mailboxes, host: &host)
        }
        commands = nil
        health.generation &+= 1
        state = .removed
        if kind.hasPCIIdentity {
            host.send(
                .configurationWrite(
                    interface.function, offset: UInt16(PCIHeader.command.offset), byteCount: 2,
                    value: pci.command & ~0x4), at: now)
        }
        if pageCount > 0 { note("\(pageCount) pages were not returned by the device", at: now, kernel: &kernel) }
    }

    /// Adds a line to the log.
    func note(_ text: String, at now: SimTime, kernel: inout Kernel) {
        kernel.note(text, of: interface.deviceName, at: now)
    }
}
