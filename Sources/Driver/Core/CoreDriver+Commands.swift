import Host
import Simulation
import Wire

/// Commands of the core driver (sections 3.1 and 3.5).
extension CoreDriver {
    /// Starts a step of the core; true when there is nothing to wait for.
    mutating func begin(_ step: CoreStep, at now: SimTime, kernel: inout Kernel, host: inout Host) throws(DriverError)
        -> Bool
    {
        switch step {
        case .givePages(let count):
            let request = PageRequest(function: ownNumber, count: count)
            return try givePages(request, forProgram: true, at: now, kernel: &kernel, host: &host)
        case .takePages(let function):
            return try takePagesForProgram(of: function, at: now, kernel: &kernel, host: &host)
        case .createEQ(let role):
            return try issue(createEQ(role, kernel: &kernel, host: &host), at: now, kernel: &kernel, host: &host)
        default: return try issue(coreCommand(step), at: now, kernel: &kernel, host: &host)
        }
    }

    private func coreCommand(_ step: CoreStep) -> (Opcode, Record)? {
        switch step {
        case .enableHCA: return functionCommand(Record(.enableHCA), .enableHCA, ownNumber)
        case .disableHCA: return functionCommand(Record(.disableHCA), .disableHCA, ownNumber)
        case .queryISSI: return (.queryISSI, Record(.queryISSI))
        case .setISSI:
            guard issi == 1 else { return nil }
            var input = Record(.setISSI)
            input.set(SetISSI.currentIssi, 1)
            return (.setISSI, input)
        case .queryPages(let kind):
            return functionCommand(Record(.queryPages, opMod: kind.rawValue), .queryPages, ownNumber)
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
        case .setAnchorRoot:
            guard let table = interface.anchorTable else { return nil }
            var input = Record(.setFlowTableRoot)
            input.set(SetFlowTableRoot.tableId, table)
            return (.setFlowTableRoot, input)
        case .destroyEQ(let role):
            guard let index = interface.index(of: role) else { return nil }
            var input = Record(.destroyEQ)
            input.set(DestroyEQ.eqNumber, UInt32(interface.eventQueues[index].number))
            return (.destroyEQ, input)
        case .givePages, .takePages, .createEQ: return nil
        }
    }

    /// SET_HCA_CAP: the current capabilities with what the driver changes (3.1, step 9).
    private func capabilityEdits() -> Record {
        var input = Record(.setHCACap)
        guard let page = generalPage else { return input }
        for index in 0..<min(4096, page.byteCount) { input.bytes[SetHCACap.capability + index] = page.bytes[index] }
        let base = SetHCACap.capability
        input.set(HCACapabilities.cmdifChecksum, 0, at: base)
        input.set(HCACapabilities.logMaxQp, min(18, page.get(HCACapabilities.logMaxQp)), at: base)
        input.set(HCACapabilities.logUarPageSz, 0, at: base)
        if interface.capabilities.canHaveVHCAState {
            for field in [
                HCACapabilities.vhcaState, HCACapabilities.eventOnVhcaStateInvalid,
                HCACapabilities.eventOnVhcaStateAllocated, HCACapabilities.eventOnVhcaStateActive,
                HCACapabilities.eventOnVhcaStateInUse, HCACapabilities.eventOnVhcaStateTeardownRequest,
            ] { input.set(field, 1, at: base) }
        }
        return input
    }

    private mutating func createEQ(
        _ role: EventQueueRole, kernel: inout Kernel, host: inout Host
    ) throws(DriverError) -> (Opcode, Record)? {
        guard interface.index(of: role) == nil else { return nil }
        let logSize: Int
        var mask: UInt64 = 0
        var vector = interface.controlVector
        switch role {
        case .command: (logSize, mask) = (profile.logCommandEventQueue, 1 << 0xa)
        case .asynchronous: (logSize, mask) = (profile.logAsynchronousQueue, asynchronousMask)
        case .pages: (logSize, mask) = (profile.logPageEventQueue, 1 << 0xb)
        case .completion(let channel):
            (logSize, vector) = (profile.logCompletionEventQueue, interface.vector(ofChannel: channel))
        }
        let byteCount = 64 << logSize
        let allocation = try kernel.memory.allocate(byteCount: byteCount, for: interface.function, host: &host)
        let ring = try RingMemory(allocation, host: &host)
        interface.eventQueues.append(EventRing(role: role, ring: ring, logSize: logSize))
        let pageCount = max(1, byteCount / 4096)
        var input = Record(.createEQ, listByteCount: 8 * pageCount)
        input.set(EQContext.logEqSize, UInt32(logSize), at: CreateEQ.context)
        input.set(EQContext.uarPage, interface.uar, at: CreateEQ.context)
        input.set(EQContext.intr, UInt32(vector), at: CreateEQ.context)
        input.set64(CreateEQ.eventBitmask, mask)
        input.setPages(of: allocation.address, count: pageCount, at: CreateEQ.pas)
        return (.createEQ, input)
    }

    /// Section 3.2: the events that are always asked for, and those that a manager wants.
    private var asynchronousMask: UInt64 {
        var events: [UInt64] = [0x01, 0x02, 0x03, 0x04, 0x05, 0x07, 0x09, 0x10, 0x11, 0x12, 0x13, 0x14]
        if interface.capabilities.isEswitchManager { events += interface.isEmbedded ? [0x0d, 0x0e] : [0x0d] }
        if interface.capabilities.hasVHCAState { events.append(0x0f) }
        return events.reduce(0) { $0 | 1 << $1 }
    }

    /// Takes the output of a core command.
    mutating func finish(_ step: CoreStep, _ output: Record, at now: SimTime, kernel: inout Kernel, host: inout Host)
        throws(DriverError)
    {
        switch step {
        case .queryISSI: issi = output.get(QueryISSI.supportedIssiDw0) & 2 != 0 ? 1 : 0
        case .queryPages:
            let count = Int(Int32(bitPattern: output.get(QueryPages.numPages)))
            if count > 0 { prepend([.core(.givePages(count))]) }
        case .queryCapabilities(let type, let maximum): take(output, of: type, maximum: maximum)
        case .setCapabilities: generalPage = nil
        case .queryAdapter: interface.boardID = text(in: output, at: QueryAdapter.queryAdapterStruct + 0xf0, count: 16)
        case .allocUAR:
            interface.uar = output.get(AllocUAR.uar)
            guard interface.uar >= UAR.firstIndex else {
                throw DriverError("doorbell page \(interface.uar) is reserved")
            }
            objects.append(DeviceObject(kind: .uar, id: interface.uar, scope: .core))
        case .createEQ(let role): finishCreateEQ(role, output, at: now, host: &host)
        case .createAnchorTable:
            let table = output.get(CreateFlowTable.tableId)
            interface.anchorTable = table
            objects.append(DeviceObject(kind: .flowTable, id: table, scope: .core))
        case .destroyEQ(let role): finishDestroyEQ(role, kernel: &kernel, host: &host)
        case .enableHCA, .setISSI, .givePages, .takePages, .hostEndianness, .setAnchorRoot, .initHCA, .teardownHCA,
            .disableHCA:
            break
        }
    }

    /// Notes what a page of capabilities says.
    private mutating func take(_ output: Record, of type: HCACapabilityType, maximum: Bool) {
        guard !maximum else { return interface.capabilities.takeMaximum(output, at: QueryHCACap.capability) }
        switch type {
        case .general:
            generalPage = Record(bytes: Array(output.bytes[QueryHCACap.capability...]))
            interface.capabilities.takeGeneral(output, at: QueryHCACap.capability)
        default: interface.capabilities.take(type, output, at: QueryHCACap.capability)
        }
    }

    private mutating func finishCreateEQ(_ role: EventQueueRole, _ output: Record, at now: SimTime, host: inout Host) {
        guard let index = interface.index(of: role) else { return }
        interface.eventQueues[index].number = UInt8(output.get(CreateEQ.eqNumber))
        interface.eventQueues[index].isMade = true
        objects.append(DeviceObject(kind: .eq, id: output.get(CreateEQ.eqNumber), scope: .core))
        interface.arm(index, at: now, host: &host)
    }

    private mutating func finishDestroyEQ(_ role: EventQueueRole, kernel: inout Kernel, host: inout Host) {
        guard let index = interface.index(of: role) else { return }
        let queue = interface.eventQueues.remove(at: index)
        objects.removeAll { $0.kind == .eq && $0.id == UInt32(queue.number) }
        kernel.memory.release(queue.ring.allocation, host: &host)
        queue.ring.deallocate()
    }

    private func text(in record: Record, at offset: Int, count: Int) -> String {
        guard offset + count <= record.byteCount else { return "" }
        let bytes = record.bytes[offset..<offset + count].prefix { $0 != 0 }
        return String(decoding: bytes, as: UTF8.self)
    }
}
