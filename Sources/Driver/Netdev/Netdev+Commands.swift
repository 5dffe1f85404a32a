import Host
import Simulation
import Wire

/// Commands of the interface (section 3.3).
extension Netdev {
    /// The command of `step`; `nil` when nothing has to be sent.
    mutating func command(
        _ step: NetdevStep, core: borrowing FunctionInterface, kernel: inout Kernel, host: inout Host
    ) throws(DriverError) -> (Opcode, Record)? {
        switch step {
        case .allocPD: return (.allocPD, Record(.allocPD))
        case .allocTransportDomain: return (.allocTransportDomain, Record(.allocTransportDomain))
        case .createMKey: return (.createMKey, mkeyInput())
        case .createTIS(let priority):
            var input = Record(.createTIS)
            input.set(TISContext.prio, UInt32(priority << 1), at: CreateTIS.context)
            input.set(TISContext.transportDomain, settings.transportDomain, at: CreateTIS.context)
            return (.createTIS, input)
        case .queryVport: return (.queryNICVportContext, Record(.queryNICVportContext))
        case .allocQCounter: return (.allocQCounter, Record(.allocQCounter))
        case .createDropCQ: return (.createCQ, try dropCQInput(core: core, kernel: &kernel, host: &host))
        case .createDropRQ: return (.createRQ, try dropRQInput())
        case .readyDropRQ: return (.modifyRQ, Self.modifyRQInput(settings.dropRQ, from: .reset, to: .ready))
        case .createIndirectRQT: return (.createRQT, rqtInput(.createRQT, indirectQueues(open: false)))
        case .createDirectRQT: return (.createRQT, rqtInput(.createRQT, [settings.dropRQ]))
        case .createIndirectTIR(let type): return (.createTIR, indirectTIRInput(.createTIR, type))
        case .createDirectTIR(let channel): return (.createTIR, directTIRInput(channel))
        case .modifyTIRHash(let type):
            var input = indirectTIRInput(.modifyTIR, type)
            input.set(ModifyTIR.tirn, settings.indirectTIRs[type])
            input.set(ModifyTIR.bitmaskHash, 1)
            return (.modifyTIR, input)
        case .refreshTIR(let index):
            let tirs = settings.indirectTIRs + settings.directTIRs
            guard index < tirs.count else { return nil }
            var input = Record(.modifyTIR)
            input.set(ModifyTIR.tirn, tirs[index])
            input.set(ModifyTIR.bitmaskSelfLbEn, 1)
            return (.modifyTIR, input)
        case .modifyIndirectRQT(let open):
            var input = rqtInput(.modifyRQT, indirectQueues(open: open))
            input.set(ModifyRQT.rqtn, settings.indirectRQT)
            input.set(ModifyRQT.bitmaskRqnList, 1)
            return (.modifyRQT, input)
        case .modifyDirectRQT(let channel, let open):
            guard channel < settings.directRQTs.count else { return nil }
            let queue = open && channel < channelCount ? channels[channel].receive.number : settings.dropRQ
            var input = rqtInput(.modifyRQT, [queue])
            input.set(ModifyRQT.rqtn, settings.directRQTs[channel])
            input.set(ModifyRQT.bitmaskRqnList, 1)
            return (.modifyRQT, input)
        case .createTable, .createGroup, .setEntry, .deleteEntry: return steeringCommand(step)
        case .writePMTU where core.isManaged, .portAdmin where core.isManaged: return nil
        case .modifyVportMulticast where !core.isManaged && !core.capabilities.isEswitchManager: return nil
        case .setRoot(let choice): return rootCommand(choice, anchor: core.anchorTable)
        default: return portCommand(step, capabilities: core.capabilities)
        }
    }

    private func mkeyInput() -> Record {
        var input = Record(.createMKey)
        input.set(MKeyContext.lr, 1, at: CreateMKey.context)
        input.set(MKeyContext.lw, 1, at: CreateMKey.context)
        input.set(MKeyContext.accessMode1_0, UInt32(AccessMode.pa.rawValue), at: CreateMKey.context)
        input.set(MKeyContext.length64, 1, at: CreateMKey.context)
        input.set(MKeyContext.qpn, 0xff_ffff, at: CreateMKey.context)
        input.set(MKeyContext.pd, settings.pd, at: CreateMKey.context)
        return input
    }

    /// The drop queue's memory: completions in the first page, entries in the second, doorbell records in the third.
    private mutating func dropCQInput(
        core: borrowing FunctionInterface, kernel: inout Kernel, host: inout Host
    ) throws(DriverError) -> Record {
        let allocation = try kernel.memory.allocate(byteCount: 3 * 4096, for: core.function, host: &host)
        settings.dropMemory = allocation
        try CommandQueue.write(
            Array(repeating: CompletionQueueEntry.initialByte, count: 4096), at: allocation.physical, host: &host)
        guard let queue = core.index(of: .completion(0)) else { throw DriverError("no completion event queue") }
        return Self.cqInput(
            CQShape(
                logSize: 1, uar: core.uar, eventQueue: UInt32(core.eventQueues[queue].number),
                ring: allocation.address, doorbellRecord: allocation.address + 8192, period: 0, count: 0))
    }

    private func dropRQInput() throws(DriverError) -> Record {
        guard let allocation = settings.dropMemory else { throw DriverError("the drop queue has no memory") }
        var input = Record(.createRQ, listByteCount: 8)
        let context = CreateRQ.context
        input.set(RQContext.vsd, 1, at: context)
        input.set(RQContext.cqn, settings.dropCQ, at: context)
        input.set(RQContext.counterSetId, settings.dropQueueCounter, at: context)
        let wq = context + RQContext.wq
        input.set(WQContext.wqType, UInt32(WQType.cyclic.rawValue), at: wq)
        input.set(WQContext.pd, settings.pd, at: wq)
        input.set64(wq + WQContext.dbrAddr, allocation.address + 8192 + 64)
        input.set(WQContext.logWqStride, 4, at: wq)
        input.set(WQContext.logWqSz, 1, at: wq)
        input.set64(wq + WQContext.pas, allocation.address + 4096)
        return input
    }

    /// A MODIFY_RQ that changes the state alone.
    static func modifyRQInput(_ number: UInt32, from: QueueState, to: QueueState) -> Record {
        var input = Record(.modifyRQ)
        input.set(ModifyRQ.rqState, UInt32(from.rawValue))
        input.set(ModifyRQ.rqn, number)
        input.set(RQContext.state, UInt32(to.rawValue), at: ModifyRQ.context)
        return input
    }

    private func indirectQueues(open: Bool) -> [UInt32] {
        settings.rss.table.map { open && $0 < channelCount ? channels[Int($0)].receive.number : settings.dropRQ }
    }

    private func rqtInput(_ opcode: Opcode, _ queues: [UInt32]) -> Record {
        var input = Record(opcode, listByteCount: 4 * queues.count)
        input.set(RQTContext.rqtMaxSize, UInt32(queues.count), at: CreateRQT.context)
        input.set(RQTContext.rqtActualSize, UInt32(queues.count), at: CreateRQT.context)
        for (index, queue) in queues.enumerated() {
            input.set(BitField(word: CreateRQT.context + RQTContext.rqNum + 4 * index), queue)
        }
        return input
    }

    private func indirectTIRInput(_ opcode: Opcode, _ number: Int) -> Record {
        let type = TrafficType.all[number]
        var input = Record(opcode)
        let context = CreateTIR.context
        input.set(TIRContext.dispType, UInt32(TIRDispatch.indirect.rawValue), at: context)
        input.set(TIRContext.indirectTable, settings.indirectRQT, at: context)
        input.set(TIRContext.transportDomain, settings.transportDomain, at: context)
        input.set(TIRContext.rxHashFn, UInt32(RxHashFunction.toeplitz.rawValue), at: context)
        for (index, byte) in settings.rss.key.enumerated() {
            input.bytes[context + TIRContext.rxHashToeplitzKey + index] = byte
        }
        input.set(TIRContext.rxHashFieldSelectorOuterL3ProtType, type.isIPv6 ? 1 : 0, at: context)
        input.set(TIRContext.rxHashFieldSelectorOuterL4ProtType, type.ipProtocol == 17 ? 1 : 0, at: context)
        let fields = settings.rss.fields[number].rawValue
        input.set(TIRContext.rxHashFieldSelectorOuterSelectedFields, fields, at: context)
        return input
    }

    private func directTIRInput(_ channel: Int) -> Record {
        var input = Record(.createTIR)
        let context = CreateTIR.context
        input.set(TIRContext.dispType, UInt32(TIRDispatch.indirect.rawValue), at: context)
        input.set(TIRContext.indirectTable, settings.directRQTs[channel], at: context)
        input.set(TIRContext.transportDomain, settings.transportDomain, at: context)
        input.set(TIRContext.rxHashFn, UInt32(RxHashFunction.invertedXOR8.rawValue), at: context)
        return input
    }

    // MARK: Steering

    private func steeringCommand(_ step: NetdevStep) -> (Opcode, Record)? {
        switch step {
        case .createTable(let table):
            var input = Record(.createFlowTable)
            input.set(FlowTableContext.level, table.level, at: CreateFlowTable.context)
            input.set(FlowTableContext.logSize, table.logSize, at: CreateFlowTable.context)
            return (.createFlowTable, input)
        case .createGroup(let table, let index):
            let group = table.groups[index]
            var input = Record(.createFlowGroup)
            input.set(CreateFlowGroup.tableId, settings.tables[table.rawValue] ?? 0)
            input.set(CreateFlowGroup.startFlowIndex, group.entries.lowerBound)
            input.set(CreateFlowGroup.endFlowIndex, group.entries.upperBound)
            input.set(CreateFlowGroup.matchCriteriaEnable, group.mask.isEmpty ? 0 : 1)
            for (field, mask) in group.mask { input.set(field, mask, at: CreateFlowGroup.matchCriteria) }
            return (.createFlowGroup, input)
        case .setEntry(let rule): return (.setFlowTableEntry, entryInput(rule))
        case .deleteEntry(let rule):
            let place = SteeringPlace(rule, address: settings.address)
            guard objectIndex(of: place) != nil else { return nil }
            var input = Record(.deleteFlowTableEntry)
            input.set(DeleteFlowTableEntry.tableId, settings.tables[place.table.rawValue] ?? 0)
            input.set(DeleteFlowTableEntry.flowIndex, place.index)
            return (.deleteFlowTableEntry, input)
        default: return nil
        }
    }

    private func rootCommand(_ choice: RootChoice, anchor: UInt32?) -> (Opcode, Record)? {
        let table =
            switch choice {
            case .anchor: anchor
            case .vlan: settings.tables[SteeringTable.vlan.rawValue]
            case .promiscuous: settings.tables[SteeringTable.promiscuous.rawValue]
            }
        guard let table else { return nil }
        var input = Record(.setFlowTableRoot)
        input.set(SetFlowTableRoot.tableId, table)
        return (.setFlowTableRoot, input)
    }

    private func entryInput(_ rule: SteeringRule) -> Record {
        let place = SteeringPlace(rule, address: settings.address)
        var input = Record(.setFlowTableEntry, listByteCount: 8)
        input.set(SetFlowTableEntry.tableId, settings.tables[place.table.rawValue] ?? 0)
        input.set(SetFlowTableEntry.flowIndex, place.index)
        let context = SetFlowTableEntry.context
        input.set(FlowContext.groupId, settings.groups[place.table.rawValue][place.group], at: context)
        input.set(FlowContext.action, UInt32(FlowAction.forward.rawValue), at: context)
        input.set(FlowContext.destinationListSize, 1, at: context)
        for (field, value) in place.value { input.set(field, value, at: context + FlowContext.matchValue) }
        let destination = context + FlowContext.destination
        if let next = place.next {
            input.set(FlowDestination.destinationType, UInt32(DestinationType.flowTable.rawValue), at: destination)
            input.set(FlowDestination.destinationId, settings.tables[next.rawValue] ?? 0, at: destination)
        } else {
            let number = Int(place.index)
            let tir = number < 10 ? settings.indirectTIRs[number] : settings.directTIRs[0]
            input.set(FlowDestination.destinationType, UInt32(DestinationType.tir.rawValue), at: destination)
            input.set(FlowDestination.destinationId, tir, at: destination)
        }
        return input
    }

    func objectIndex(of place: SteeringPlace) -> Int? {
        let table = settings.tables[place.table.rawValue]
        return objects.lastIndex { $0.kind == .flowEntry && $0.id == place.index && $0.table == table }
    }

    // MARK: Answers

    /// Takes the output of an interface command.
    mutating func finish(_ step: NetdevStep, _ output: Record, functionIndex: UInt16) {
        let id = output.get(BitField(0x8, 23, 0))
        func keep(_ kind: DeviceObject.Kind, _ scope: ObjectScope = .netdev) -> DeviceObject {
            DeviceObject(kind: kind, id: id, scope: scope)
        }
        switch step {
        case .allocPD: (settings.pd, objects) = (id, objects + [keep(.pd)])
        case .allocTransportDomain: (settings.transportDomain, objects) = (id, objects + [keep(.transportDomain)])
        case .createMKey: (settings.mkey, objects) = (id << 8, objects + [keep(.mkey)])
        case .createTIS: (settings.tis, objects) = (settings.tis + [id], objects + [keep(.tis)])
        case .allocQCounter(let drop):
            let counter = output.get(AllocQCounter.counterSetId)
            if drop { settings.dropQueueCounter = counter } else { settings.queueCounter = counter }
            objects.append(DeviceObject(kind: .qCounter, id: counter, scope: .netdev))
        case .createDropCQ: (settings.dropCQ, objects) = (id, objects + [keep(.cq)])
        case .createDropRQ: (settings.dropRQ, objects) = (id, objects + [keep(.rq)])
        case .createIndirectRQT: (settings.indirectRQT, objects) = (id, objects + [keep(.rqt)])
        case .createDirectRQT: (settings.directRQTs, objects) = (settings.directRQTs + [id], objects + [keep(.rqt)])
        case .createIndirectTIR:
            (settings.indirectTIRs, objects) = (settings.indirectTIRs + [id], objects + [keep(.tir)])
        case .createDirectTIR: (settings.directTIRs, objects) = (settings.directTIRs + [id], objects + [keep(.tir)])
        case .createTable(let table):
            settings.tables[table.rawValue] = id
            settings.groups[table.rawValue] = []
            objects.append(keep(.flowTable, table == .promiscuous ? .promiscuous : .netdev))
        case .createGroup(let table, _):
            settings.groups[table.rawValue].append(id)
            var object = keep(.flowGroup, table == .promiscuous ? .promiscuous : .netdev)
            object.table = settings.tables[table.rawValue] ?? 0
            objects.append(object)
        case .setEntry(let rule): keepEntry(rule)
        case .deleteEntry(let rule):
            if let index = objectIndex(of: SteeringPlace(rule, address: settings.address)) { objects.remove(at: index) }
        default: finishPort(step, output, functionIndex: functionIndex)
        }
    }

    private mutating func keepEntry(_ rule: SteeringRule) {
        let place = SteeringPlace(rule, address: settings.address)
        let scope: ObjectScope
        switch rule {
        case .promiscuous: scope = .promiscuous
        case .broadcast, .unicast, .allMulticast: scope = .rules
        default: scope = .netdev
        }
        let table = settings.tables[place.table.rawValue] ?? 0
        // An entry that was written again is still one entry.
        guard objectIndex(of: place) == nil else { return }
        objects.append(DeviceObject(kind: .flowEntry, id: place.index, table: table, scope: scope))
    }
}
