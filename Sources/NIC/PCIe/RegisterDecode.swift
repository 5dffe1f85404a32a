import Host
import Simulation
import Wire

/// Accesses that reach a function over the bus: to configuration space and to its BARs (native interface, section 1).
///
/// No access traps, whatever its width and offset: what nothing claims is ignored, or reads as zero inside a BAR and
/// as all ones outside.
extension NIC {
    /// Lets a bus access have its effect at its function.
    mutating func handle(_ event: BusEvent, at now: SimTime, platform: inout Platform, medium: inout Medium) {
        let function = event.function
        let index = Int(function.index)
        guard functions.contains(index) else {
            refuse(event, at: now, platform: &platform)
            return
        }
        switch event {
        case .configurationRead(_, let offset, let byteCount, let tag):
            guard isConfigurable(index) else { return refuse(event, at: now, platform: &platform) }
            let width = Int(byteCount)
            let value = UInt64(functions[index].configurationSpace.read(Int(offset), byteCount: width))
            complete(function, tag: tag, value: value, byteCount: width, at: now, platform: &platform)
        case .configurationWrite(_, let offset, let byteCount, let value):
            guard isConfigurable(index) else { return }
            writeConfiguration(
                function, Int(offset), byteCount: Int(byteCount), value: value, at: now, platform: &platform,
                medium: &medium)
        case .memoryRead(_, let bar, let byteCount, let offset, let tag):
            let width = Int(byteCount)
            let value = readMemory(function, bar: Int(bar), Int(offset), byteCount: width, at: now)
            complete(function, tag: tag, value: value, byteCount: width, at: now, platform: &platform)
        case .memoryWrite(_, let bar, let byteCount, let offset, let value):
            guard functions[index].claimsRegisters else { return }
            writeMemory(
                function, bar: Int(bar), Int(offset), byteCount: Int(byteCount), value: value, at: now,
                platform: &platform,
                medium: &medium)
        case .completion, .interrupt, .fault:
            break
        }
    }

    /// Whether function `index` has a configuration space that the bus finds.
    private func isConfigurable(_ index: Int) -> Bool { functions[index].isOnBus && !functions[index].kind.isSub }

    /// A function that is not there: reads find all ones, writes go nowhere (Base Specification 2.3.2, Unsupported
    /// Request as a root complex reports it).
    private mutating func refuse(_ event: BusEvent, at now: SimTime, platform: inout Platform) {
        let byteCount: Int
        let requestTag: UInt32
        switch event {
        case .configurationRead(_, _, let count, let tag): (byteCount, requestTag) = (Int(count), tag)
        case .memoryRead(_, _, let count, _, let tag): (byteCount, requestTag) = (Int(count), tag)
        case .configurationWrite, .memoryWrite, .completion, .interrupt, .fault: return
        }
        guard let link = linkIndex(ofPossible: event.function) else { return }
        let mask = byteCount >= 8 ? UInt64.max : (1 << UInt64(byteCount * 8)) - 1
        let time = links[link].answer(byteCount: byteCount, at: now)
        platform.send(.completion(event.function, tag: requestTag, value: mask), at: time)
    }

    private mutating func complete(
        _ function: FunctionID, tag: UInt32, value: UInt64, byteCount: Int, at now: SimTime, platform: inout Platform
    ) {
        let mask = byteCount >= 8 ? UInt64.max : (1 << UInt64(byteCount * 8)) - 1
        let time = link(of: function).pointee.answer(byteCount: byteCount, at: now)
        platform.send(.completion(function, tag: tag, value: value & mask), at: time)
    }

    private mutating func writeConfiguration(
        _ function: FunctionID, _ offset: Int, byteCount: Int, value: UInt32, at now: SimTime,
        platform: inout Platform, medium: inout Medium
    ) {
        let index = Int(function.index)
        let effects = functions[index].configurationSpace.write(offset, byteCount: byteCount, value: value)
        if effects.contains(.functionLevelReset) {
            resetFunction(function, at: now, medium: &medium)
            return
        }
        if effects.contains(.deviceControl) { applyTransactionSizes(of: function) }
        if effects.contains(.messageControl) {
            let isEnabled = functions[index].configurationSpace.areMessagesEnabled
            let isMasked = functions[index].configurationSpace.areMessagesMasked
            functions[index].messageTable.setControl(isEnabled: isEnabled, isMasked: isMasked)
        }
        if effects.contains(.virtualization), case .physical(let number) = functions[index].kind {
            setVirtualFunctions(of: number, at: now, platform: &platform, medium: &medium)
        }
        if effects.contains(.access) {
            if case .physical(let number) = functions[index].kind {
                updateAccessOfAll(of: number)
            } else {
                updateAccess(of: function)
            }
        }
        if !effects.isDisjoint(with: [.messageControl, .access]) {
            sendReleasedMessages(function, at: now, platform: &platform)
        }
    }

    /// A driver has chosen a payload and a read request size: the link keeps to them, and to its own.
    private mutating func applyTransactionSizes(of function: FunctionID) {
        let index = Int(function.index)
        guard functions[index].kind.isPhysical else { return }
        let payload = functions[index].configurationSpace.maximumPayloadByteCount
        let request = functions[index].configurationSpace.maximumReadRequestByteCount
        links[functions[index].link].limit(payloadByteCount: payload, readRequestByteCount: request)
    }

    /// The function whose registers a memory access reaches, and where: BAR2 of a physical function is slices, one for
    /// each subfunction, laid out as BAR0 is (native interface, section 1.5).
    private func slice(_ function: FunctionID, bar: Int, _ offset: Int) -> (
        function: FunctionID, bar: Int, offset: Int
    )? {
        guard bar == 2 else { return (function, bar, offset) }
        guard case .physical(let number) = functions[Int(function.index)].kind else { return nil }
        let slice = offset >> parameters.capacity.logSubfunctionByteCount
        guard slice < layout.subCount(of: number) else { return nil }
        let target = layout.sub(slice, of: number)
        guard functions.contains(Int(target.index)) else { return nil }
        return (target, 0, offset & (1 << parameters.capacity.logSubfunctionByteCount - 1))
    }

    private mutating func readMemory(
        _ function: FunctionID, bar: Int, _ offset: Int, byteCount: Int, at now: SimTime
    ) -> UInt64 {
        let index = Int(function.index)
        guard functions[index].claimsRegisters,
            UInt64(offset) < functions[index].configurationSpace.byteCount(ofBAR: bar)
        else { return .max }
        // A slice without a subfunction reads as zero.
        guard let (target, bar, offset) = slice(function, bar: bar, offset) else { return 0 }
        if bar == 4 { return functions[index].messageTable.read(offset, byteCount: byteCount) }
        guard offset < InitializationSegment.reservedByteCount else { return 0 }
        return functions[Int(target.index)].firmware.readSegment(offset, byteCount: byteCount, now: now)
    }

    private mutating func writeMemory(
        _ function: FunctionID, bar: Int, _ offset: Int, byteCount: Int, value: UInt64, at now: SimTime,
        platform: inout Platform, medium: inout Medium
    ) {
        guard UInt64(offset) < functions[Int(function.index)].configurationSpace.byteCount(ofBAR: bar),
            let (target, bar, offset) = slice(function, bar: bar, offset)
        else { return }
        let index = Int(target.index)
        if bar == 4 {
            functions[index].messageTable.write(offset, byteCount: byteCount, value: value)
            sendReleasedMessages(target, at: now, platform: &platform)
            return
        }
        if offset >= InitializationSegment.reservedByteCount {
            ringDoorbell(target, offset, byteCount: byteCount, value: value, at: now, platform: &platform)
            return
        }
        let effects = functions[index].firmware.writeSegment(offset, byteCount: byteCount, value: value, now: now)
        if effects.isReset || effects.isDisabled {
            resetFunction(target, at: now, isSoftware: true, medium: &medium)
            if effects.isDisabled { functions[index].firmware.disableInterface(at: now) }
            return
        }
        if effects.doorbellVector != 0 { fetchCommands(effects.doorbellVector, of: target, at: now) }
    }

    /// A write to a doorbell page; one that the function's driver has not allocated ignores it.
    private mutating func ringDoorbell(
        _ function: FunctionID, _ offset: Int, byteCount: Int, value: UInt64, at now: SimTime, platform: inout Platform
    ) {
        let index = Int(function.index)
        let page = offset / UAR.byteCount
        guard functions[index].resources.uars.contains(page),
            let doorbell = functions[index].firmware.doorbells.decode(
                offset: UInt32(truncatingIfNeeded: offset), byteCount: byteCount, value: value)
        else { return }
        switch doorbell {
        case .completionQueue(let number, _, let isSolicitedOnly, let consumer):
            guard functions[index].resources.completionQueues.contains(Int(number)) else { return }
            armCompletionQueue(
                Int(number), function: function, consumer: consumer, solicitedOnly: isSolicitedOnly, at: now,
                platform: &platform)
        case .eventQueue(let number, let consumer, let arms):
            guard functions[index].resources.eventQueues.contains(Int(number)) else { return }
            updateEventQueue(Int(number), function: function, consumer: consumer, arms: arms, at: now)
        case .send(let number, let hint):
            guard functions[index].resources.sendQueues.contains(Int(number)) else { return }
            sendQueueDoorbell(Int(number), hint: hint, function: function, at: now, platform: &platform)
        }
    }

    /// Sends the interrupts that waited for a mask to be lifted.
    private mutating func sendReleasedMessages(_ function: FunctionID, at now: SimTime, platform: inout Platform) {
        let index = Int(function.index)
        // While the function may not master the bus its interrupts wait.
        guard functions[index].reachesMemory else { return }
        while let message = functions[index].messageTable.takeReleased() {
            let time = link(of: function).pointee.message(at: now)
            platform.sendMessage(function, address: message.address, data: message.data, at: time)
        }
    }
}
