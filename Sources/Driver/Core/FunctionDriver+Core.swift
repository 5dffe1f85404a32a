import Host
import Simulation
import Wire

/// The core driver: the order of section 3.1, and of 3.5 backwards.
extension FunctionDriver {
    /// Section 3.1, then the interface of 3.3.
    func probeProgram() -> [ControlStep] {
        enumerationProgram() + [.local(.enableDevice)] + [
            .registerRead(offset: InitializationSegment.initializing.offset, .initializing),
            .registerRead(offset: 0x0, .firmwareRevision),
            .registerRead(offset: 0x4, .commandInterface),
            .registerRead(offset: InitializationSegment.cmdqPhyAddrLow.offset, .commandQueue),
            .local(.setUpCommandQueue),
            .core(.enableHCA), .core(.queryISSI), .core(.setISSI),
            .core(.queryPages(.boot)),
            .core(.hostEndianness),
            .core(.queryCapabilities(.general, maximum: false)), .core(.queryCapabilities(.general, maximum: true)),
            .core(.setCapabilities),
            .core(.queryPages(.initialization)),
            .core(.initHCA),
            .core(.queryCapabilities(.general, maximum: false)),
            .core(.queryCapabilities(.ethernetOffloads, maximum: false)),
            .core(.queryCapabilities(.flowTable, maximum: false)),
            .core(.queryAdapter), .core(.allocUAR),
            .core(.createEQ(.command)), .local(.enterEventMode),
            .core(.createEQ(.asynchronous)), .core(.createEQ(.pages)),
            .core(.createAnchorTable), .core(.setRoot(.anchor)),
            .local(.createNetdev), .local(.becomeReady),
        ]
    }

    /// Section 3.5: everything back, then a reset of the function.
    func removeProgram() -> [ControlStep] {
        [
            .local(.close), .core(.setRoot(.anchor)),
            .destroyAll(.netdev), .core(.destroyEQ(.asynchronous)), .local(.enterPollingMode), .destroyAll(.core),
            .core(.teardownHCA), .core(.takePages), .core(.disableHCA), .local(.finishRemoval),
        ]
    }

    /// Takes what a read of the initialization segment answered.
    mutating func registerValue(_ value: UInt32, for use: RegisterUse, at now: SimTime) throws(DriverError) {
        switch use {
        case .initializing:
            guard value >> 31 != 0 else { return }
            device.initialPollCount += 1
            guard device.initialPollCount < 6_000 else {
                throw DriverError("firmware is still initializing after 120 s")
            }
            program?.prepend([
                .wait(.milliseconds(20)),
                .registerRead(offset: InitializationSegment.initializing.offset, .initializing),
            ])
        case .firmwareRevision:
            guard value != .max else { throw DriverError("the initialization segment reads as all ones") }
            device.firmwareVersion.minor = value >> 16
            device.firmwareVersion.major = value & 0xffff
        case .commandInterface:
            device.firmwareVersion.subminor = value & 0xffff
            guard value >> 16 == InitializationSegment.supportedCmdInterfaceRev else {
                throw DriverError("command interface revision \(value >> 16) is not supported, 5 is needed")
            }
        case .commandQueue:
            device.logCommandQueueSize = Int(value >> 4 & 0xf)
            device.logCommandStride = Int(value & 0xf)
            let (size, stride) = (device.logCommandQueueSize, device.logCommandStride)
            guard size <= 5, stride >= 6, size + stride <= 12 else {
                throw DriverError("the device's command queue of 2^\(size) entries 2^\(stride) apart is not supported")
            }
        case .health: break
        }
    }

    /// What is left of a removal when the device does not answer: it is reset, and everything it kept is taken back.
    func forcedRemoval() -> [ControlStep] {
        [.local(.functionLevelReset), .wait(.milliseconds(100)), .local(.forgetDevice), .local(.finishRemoval)]
    }

    /// Puts `steps` before the rest of the running program.
    private mutating func prepend(_ steps: [ControlStep]) { program?.prepend(steps) }

    mutating func perform(_ step: LocalStep, at now: SimTime, host: inout Host) throws(DriverError) {
        switch step {
        case .enableDevice:
            device.initialPollCount = 0
            prepend(enablingProgram())
        case .createNetdev:
            netdev.prepare(device: device, parameters: parameters)
            prepend(netdevProgram())
        case .open: if !netdev.isOpen { prepend(openProgram()) }
        case .close: if netdev.isOpen { prepend(closeProgram()) }
        case .setUpCommandQueue: try setUpCommandQueue(at: now, host: &host)
        case .enterEventMode: commands?.usesEvents = true
        case .enterPollingMode: commands?.usesEvents = false
        case .becomeReady:
            state = .ready
            let version = device.firmwareVersion
            note("firmware version: \(version.major).\(version.minor).\(version.subminor)", at: now)
            if parameters.watchesHealth {
                health.generation &+= 1
                events.schedule(.health(generation: health.generation), at: now + .milliseconds(2_000))
            }
        case .allocateChannels: try allocateChannels(host: &host)
        case .activateChannels: activateChannels(at: now, host: &host)
        case .deactivateChannels: deactivateChannels(host: &host)
        case .freeChannels: freeChannels(host: &host)
        case .finishRemoval: finishRemoval(at: now, host: &host)
        case .noteReopening: reopensAfterReset = netdev.isOpen
        case .forgetDevice: forgetDevice(host: &host)
        case .check(let action): try check(action)
        case .finishOpening: netdev.isOpening = false
        case .awaitSendFlush(let index, let tries):
            prepend(sendFlushSteps(index, tries: tries, at: now, host: &host))
        case .restartSend(let index): restartSend(index)
        case .resumeSend(let index): resumeSend(index, at: now)
        case .awaitReceiveFlush(let index, let tries): prepend(receiveFlushSteps(index, tries: tries))
        case .restartReceive(let index): restartReceive(index)
        case .resumeReceive(let index): resumeReceive(index, at: now)
        case .applyLinkState:
            let hadCarrier = netdev.hasCarrier
            netdev.hasCarrier = netdev.vportIsUp
            if netdev.hasCarrier, !hadCarrier { startGenerator(at: now) }
            note("\(name): Link \(netdev.hasCarrier ? "up" : "down")", at: now)
        case .apply(let action): try apply(action)
        case .suspend:
            reopens = netdev.isOpen
            if reopens { prepend(closeProgram()) }
        case .resume: if reopens, !netdev.isOpen { prepend(openProgram()) }
        case .resumeAfterReset: if reopensAfterReset { prepend(openProgram()) }
        case .refreshReceiveMode: prepend(receiveModeRefresh())
        case .refreshModeration: prepend(moderationRefresh())
        case .refreshIndirection: if netdev.isOpen { prepend([.netdev(.modifyIndirectRQT(open: true))]) }
        case .functionLevelReset: resetFunctionLevel(at: now, host: &host)
        case .report(let kind):
            let text = report(kind)
            program?.output += text
        }
    }

    /// Sets the bit of the PCI Express device control register that resets the function.
    private func resetFunctionLevel(at now: SimTime, host: inout Host) {
        guard pci.pciExpress > 0 else { return }
        let offset = pci.pciExpress + PCIExpressCapability.deviceControl.offset
        host.send(
            .configurationWrite(function, offset: UInt16(offset), byteCount: 2, value: 0x8000), at: now)
    }

    private mutating func setUpCommandQueue(at now: SimTime, host: inout Host) throws(DriverError) {
        programVectors(at: now, host: &host)
        let entries = try memory.allocate(byteCount: 4096, host: &host)
        let mailboxes = try memory.allocate(byteCount: CommandQueue.mailboxByteCount, host: &host)
        commands = CommandQueue(
            entries: entries, mailboxes: mailboxes, logStride: device.logCommandStride,
            entryCount: 1 << device.logCommandQueueSize)
        let high = UInt32(InitializationSegment.cmdqPhyAddrHigh.offset)
        writeRegister(high, UInt32(entries.address >> 32), at: now, host: &host)
        writeRegister(high + 4, UInt32(truncatingIfNeeded: entries.address), at: now, host: &host)
    }

    /// Gives back everything a device kept that was reset without being told to let go of it.
    ///
    /// Nothing of it is in use any more: a function-level reset ends every access (section 3.5).
    private mutating func forgetDevice(host: inout Host) {
        deactivateChannels(host: &host)
        freeChannels(host: &host)
        if case .giving(let allocation?, _) = pageCommand { memory.release(allocation, host: &host) }
        pageCommand = .none
        pageCommandServesProgram = false
        pageWork = []
        for allocation in pages.takeAll() { memory.release(allocation, host: &host) }
        objects = []
        device.anchorTable = nil
        device.isInitialized = false
        netdev.tables = [nil, nil, nil, nil]
    }

    private mutating func finishRemoval(at now: SimTime, host: inout Host) {
        for queue in device.eventQueues {
            memory.release(queue.ring.allocation, host: &host)
            queue.ring.deallocate()
        }
        device.eventQueues = []
        if let queue = commands {
            memory.release(queue.entries, host: &host)
            memory.release(queue.mailboxes, host: &host)
        }
        commands = nil
        if let allocation = netdev.dropMemory { memory.release(allocation, host: &host) }
        netdev.dropMemory = nil
        health.generation &+= 1
        state = .removed
        host.send(
            .configurationWrite(
                function, offset: UInt16(PCIHeader.command.offset), byteCount: 2, value: pci.command & ~0x4), at: now)
        if pages.outCount > 0 { note("\(pages.outCount) pages were not returned by the device", at: now) }
    }

    // MARK: Commands of the core

    /// Starts a step of the core; true when there is nothing to wait for.
    mutating func beginCore(_ step: CoreStep, at now: SimTime, host: inout Host) throws(DriverError) -> Bool {
        switch step {
        case .givePages(let count): return try givePages(count, forProgram: true, at: now, host: &host)
        case .takePages:
            guard pages.outCount > 0 else { return true }
            return try takePagesForProgram(at: now, host: &host)
        case .createEQ(let role): return try issue(createEQ(role, host: &host), at: now, host: &host)
        default: return try issue(coreCommand(step), at: now, host: &host)
        }
    }

    private func coreCommand(_ step: CoreStep) -> (Opcode, Record)? {
        switch step {
        case .enableHCA: return (.enableHCA, Record(.enableHCA))
        case .disableHCA: return (.disableHCA, Record(.disableHCA))
        case .queryISSI: return (.queryISSI, Record(.queryISSI))
        case .setISSI:
            guard device.issi == 1 else { return nil }
            var input = Record(.setISSI)
            input.set(SetISSI.currentIssi, 1)
            return (.setISSI, input)
        case .queryPages(let kind): return (.queryPages, Record(.queryPages, opMod: kind.rawValue))
        case .hostEndianness:
            return (.accessRegister, Record(register: .hostEndianness, .write, byteCount: HostEndianness.byteCount))
        case .queryCapabilities(let type, let maximum):
            return (.queryHCACap, Record(.queryHCACap, opMod: type.rawValue << 1 | (maximum ? 0 : 1)))
        case .setCapabilities: return (.setHCACap, capabilityEdits())
        case .initHCA: return (.initHCA, Record(.initHCA))
        case .teardownHCA: return (.teardownHCA, Record(.teardownHCA))
        case .queryAdapter: return (.queryAdapter, Record(.queryAdapter))
        case .allocUAR: return (.allocUAR, Record(.allocUAR))
        case .createAnchorTable:
            var input = Record(.createFlowTable)
            input.set(FlowTableContext.level, 58, at: CreateFlowTable.context)
            return (.createFlowTable, input)
        case .setRoot(let choice):
            guard let table = rootTable(choice) else { return nil }
            var input = Record(.setFlowTableRoot)
            input.set(SetFlowTableRoot.tableId, table)
            return (.setFlowTableRoot, input)
        case .destroyEQ(let role):
            guard let index = device.index(of: role) else { return nil }
            var input = Record(.destroyEQ)
            input.set(DestroyEQ.eqNumber, UInt32(device.eventQueues[index].number))
            return (.destroyEQ, input)
        case .givePages, .takePages, .createEQ: return nil
        }
    }

    private func rootTable(_ choice: RootChoice) -> UInt32? {
        switch choice {
        case .anchor: device.anchorTable
        case .vlan: netdev.tables[SteeringTable.vlan.rawValue]
        case .promiscuous: netdev.tables[SteeringTable.promiscuous.rawValue]
        }
    }

    /// SET_HCA_CAP: the current capabilities with what the driver changes (3.1, step 9).
    private func capabilityEdits() -> Record {
        var input = Record(.setHCACap)
        for index in 0..<min(4096, device.general.byteCount) {
            input.bytes[SetHCACap.capability + index] = device.general.bytes[index]
        }
        input.set(HCACapabilities.cmdifChecksum, 0, at: SetHCACap.capability)
        let most = device.general.get(HCACapabilities.logMaxQp)
        input.set(HCACapabilities.logMaxQp, min(18, most), at: SetHCACap.capability)
        input.set(HCACapabilities.logUarPageSz, 0, at: SetHCACap.capability)
        return input
    }

    private mutating func createEQ(_ role: EventQueueRole, host: inout Host) throws(DriverError) -> (Opcode, Record)? {
        guard device.index(of: role) == nil else { return nil }
        let logSize: Int
        var mask: UInt64 = 0
        var vector = 0
        switch role {
        case .command: (logSize, mask) = (7, 1 << 0xa)
        case .asynchronous: (logSize, mask) = (10, asynchronousMask)
        case .pages: (logSize, mask) = (7, 1 << 0xb)
        case .completion(let channel): (logSize, vector) = (10, device.vector(ofChannel: channel))
        }
        let byteCount = 64 << logSize
        let allocation = try memory.allocate(byteCount: byteCount, host: &host)
        let ring = try RingMemory(allocation, host: &host)
        device.eventQueues.append(EventRing(role: role, ring: ring, logSize: logSize))
        let pageCount = max(1, byteCount / 4096)
        var input = Record(.createEQ, listByteCount: 8 * pageCount)
        input.set(EQContext.logEqSize, UInt32(logSize), at: CreateEQ.context)
        input.set(EQContext.uarPage, device.uar, at: CreateEQ.context)
        input.set(EQContext.intr, UInt32(vector), at: CreateEQ.context)
        input.set64(CreateEQ.eventBitmask, mask)
        input.setPages(of: allocation.address, count: pageCount, at: CreateEQ.pas)
        return (.createEQ, input)
    }

    /// Section 3.2, the events that are always asked for.
    private var asynchronousMask: UInt64 {
        [0x01, 0x02, 0x03, 0x04, 0x05, 0x07, 0x09, 0x10, 0x11, 0x12, 0x13, 0x14].reduce(0) { $0 | 1 << $1 }
    }

    /// Takes the output of a core command.
    mutating func finishCore(_ step: CoreStep, _ output: Record, at now: SimTime, host: inout Host)
        throws(DriverError)
    {
        switch step {
        case .queryISSI: device.issi = output.get(QueryISSI.supportedIssiDw0) & 2 != 0 ? 1 : 0
        case .queryPages:
            let count = Int(Int32(bitPattern: output.get(QueryPages.numPages)))
            if count > 0 { program?.prepend([.core(.givePages(count))]) }
        case .queryCapabilities(let type, let maximum):
            guard !maximum else { return }
            let capability = Record(bytes: Array(output.bytes[QueryHCACap.capability...]))
            switch type {
            case .general: device.general = capability
            case .ethernetOffloads: device.ethernet = capability
            case .flowTable: device.flowTable = capability
            default: break
            }
        case .initHCA: device.isInitialized = true
        case .queryAdapter: device.boardID = text(in: output, at: QueryAdapter.queryAdapterStruct + 0xf0, count: 16)
        case .allocUAR:
            device.uar = output.get(AllocUAR.uar)
            guard device.uar >= UAR.firstIndex else { throw DriverError("doorbell page \(device.uar) is reserved") }
            objects.append(DeviceObject(kind: .uar, id: device.uar, scope: .core))
        case .createEQ(let role): finishCreateEQ(role, output, at: now, host: &host)
        case .createAnchorTable:
            let table = output.get(CreateFlowTable.tableId)
            device.anchorTable = table
            objects.append(DeviceObject(kind: .flowTable, id: table, scope: .core))
        case .destroyEQ(let role): finishDestroyEQ(role, host: &host)
        case .teardownHCA: device.isInitialized = false
        case .enableHCA, .setISSI, .givePages, .takePages, .hostEndianness, .setCapabilities, .setRoot, .disableHCA:
            break
        }
    }

    private mutating func finishCreateEQ(_ role: EventQueueRole, _ output: Record, at now: SimTime, host: inout Host) {
        guard let index = device.index(of: role) else { return }
        device.eventQueues[index].number = UInt8(output.get(CreateEQ.eqNumber))
        objects.append(DeviceObject(kind: .eq, id: output.get(CreateEQ.eqNumber), scope: .core))
        arm(index, at: now, host: &host)
    }

    private mutating func finishDestroyEQ(_ role: EventQueueRole, host: inout Host) {
        guard let index = device.index(of: role) else { return }
        let queue = device.eventQueues.remove(at: index)
        objects.removeAll { $0.kind == .eq && $0.id == UInt32(queue.number) }
        memory.release(queue.ring.allocation, host: &host)
        queue.ring.deallocate()
    }

    /// Tells the device how far event queue `index` was read, and arms it.
    func arm(_ index: Int, at time: SimTime, host: inout Host) {
        writeRegister(device.doorbellOffset(UAR.eqArm), device.eventQueues[index].doorbell, at: time, host: &host)
    }

    private func text(in record: Record, at offset: Int, count: Int) -> String {
        guard offset + count <= record.byteCount else { return "" }
        let bytes = record.bytes[offset..<offset + count].prefix { $0 != 0 }
        return String(decoding: bytes, as: UTF8.self)
    }
}
