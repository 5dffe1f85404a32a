import Host
import Simulation
import Wire

/// What CREATE_CQ is told.
struct CQShape {
    var logSize: Int
    var uar: UInt32
    var eventQueue: UInt32
    /// Addresses as the device sees them.
    var ring: UInt64
    var doorbellRecord: UInt64
    /// Moderation: microseconds and completions.
    var period: UInt32
    var count: UInt32
}

/// Making, using and unmaking channels: section 3.4 per channel.
extension Netdev {
    /// Buffers of a send pool: frames that this channel made and has not sent.
    static var sendBufferCount: Int { 512 }

    mutating func allocateChannels(core: borrowing FunctionInterface, kernel: inout Kernel, host: inout Host)
        throws(DriverError)
    {
        guard channelCount == 0 else { throw DriverError("\(name): channels of an earlier opening are still there") }
        channelGeneration &+= 1
        settings.isOpening = true
        reserveChannels(settings.channelCount)
        for index in 0..<settings.channelCount {
            let channel = try makeChannel(index, core: core, kernel: &kernel, host: &host)
            (channels + index).initialize(to: channel)
            channelCount = index + 1
        }
    }

    /// One channel, or nothing at all when memory does not suffice.
    private mutating func makeChannel(
        _ index: Int, core: borrowing FunctionInterface, kernel: inout Kernel, host: inout Host
    ) throws(DriverError) -> Channel {
        var allocations: [DMAAllocation] = []
        do throws(DriverError) {
            return try makeChannel(index, &allocations, core: core, kernel: &kernel, host: &host)
        } catch {
            for allocation in allocations { kernel.memory.release(allocation, host: &host) }
            throw error
        }
    }

    private mutating func makeChannel(
        _ index: Int, _ allocations: inout [DMAAllocation], core: borrowing FunctionInterface, kernel: inout Kernel,
        host: inout Host
    ) throws(DriverError) -> Channel {
        func log2(_ value: Int) -> Int { value.bitWidth - 1 - value.leadingZeroBitCount }
        let receiveBytes = settings.receiveBufferByteCount(kernel.parameters)
        let sendBytes = max(receiveBytes, generator.bufferByteCount)
        let (logReceive, logSend) = (settings.logReceiveRing, settings.logTransmitRing)
        let logControl = settings.logControlRing
        let sendBufferCount = logSend < 6 ? 1 << (logSend - 1) : min(Self.sendBufferCount, 1 << logSend)
        let records = try kernel.memory.allocate(byteCount: 4096, for: core.function, host: &host)
        allocations.append(records)
        guard let (recordBase, _) = try? host.memory.pointer(at: records.physical) else {
            throw DriverError("no memory is installed at \(records.physical)")
        }
        // Twice the ring: a forwarded packet keeps its buffer until it is sent. Small rings are content with less.
        let receivePoolCount = logReceive < 6 ? (3 << logReceive) >> 1 : 2 << logReceive
        let sizes = [
            64 << logControl, 64 << logSend, 64 << logReceive, 64 << logControl, 64 << logSend, 16 << logReceive,
            receivePoolCount * receiveBytes, sendBufferCount * sendBytes,
        ]
        for (place, size) in sizes.enumerated() {
            // Packets overwrite their buffers, the last two pieces.
            let memory = try kernel.memory.allocate(
                byteCount: size, for: core.function, isZeroed: place < 6, host: &host)
            allocations.append(memory)
        }
        var rings: [RingMemory] = []
        for place in 1...6 { rings.append(try RingMemory(allocations[place], host: &host)) }
        func record(_ place: Int) -> (UnsafeMutableRawPointer, UInt64) {
            (recordBase + 64 * place, records.address + UInt64(64 * place))
        }
        func completion(_ place: Int, _ logSize: Int) -> CompletionRing {
            let (pointer, address) = record(place)
            return CompletionRing(ring: rings[place], logSize: logSize, record: pointer, recordAddress: address)
        }
        let receivePool = try BufferPool(
            logByteCount: log2(receiveBytes), count: receivePoolCount, allocation: allocations[7], host: &host)
        let sendPool = try BufferPool(
            logByteCount: log2(sendBytes), count: sendBufferCount, allocation: allocations[8], host: &host)
        let key = settings.mkey
        return Channel(
            index: index, core: kernel.processors.core(ofChannel: index, netdev: self.index),
            completionQueues: (completion(0, logControl), completion(1, logSend), completion(2, logReceive)),
            control: SendRing(
                ring: rings[3], logSize: logControl, record: record(3).0, recordAddress: record(3).1, pool: nil,
                key: key),
            send: SendRing(
                ring: rings[4], logSize: logSend, record: record(4).0, recordAddress: record(4).1, pool: sendPool,
                key: key),
            receive: ReceiveRing(
                ring: rings[5], logSize: logReceive, record: record(5).0, recordAddress: record(5).1,
                pool: receivePool, key: key),
            allocations: allocations)
    }

    /// Lets the channels work: they are armed, and a NOP on the control queue wakes each (3.4, step 5).
    mutating func activateChannels(at now: SimTime, core: inout FunctionInterface, host: inout Host) {
        settings.isOpen = true
        for index in 0..<channelCount {
            let channel = channels + index
            channel.pointee.isActive = true
            // Events that came while nobody looked would keep the queue from ever raising an interrupt again.
            drainEvents(index, at: now, core: &core, host: &host)
            armAll(index, at: now, core: core, host: &host)
            channel.pointee.control.postNOP(completion: .completion)
            let doorbell = channel.pointee.control.finishBatch()
            core.ring(UAR.sendDoorbell, doorbell, at: now, host: &host)
        }
    }

    mutating func deactivateChannels() {
        settings.isOpen = false
        settings.isOpening = false
        settings.hasCarrier = false
        generator.generation &+= 1
        for index in 0..<channelCount { channels[index].isActive = false }
    }

    mutating func freeChannels(kernel: inout Kernel, host: inout Host) {
        for index in 0..<channelCount {
            statistics.closed.add(channels[index].counters)
            for allocation in channels[index].allocations { kernel.memory.release(allocation, host: &host) }
            channels[index].deallocate()
            (channels + index).deinitialize(count: 1)
        }
        channelCount = 0
        settings.isOpening = false
    }

    /// Arms the completion queues of a channel.
    mutating func armAll(_ index: Int, at time: SimTime, core: borrowing FunctionInterface, host: inout Host) {
        let channel = channels + index
        let control = channel.pointee.completionQueues.control.arm()
        let send = channel.pointee.completionQueues.send.arm()
        let receive = channel.pointee.completionQueues.receive.arm()
        core.ring(UAR.cqArm, control, at: time, host: &host)
        core.ring(UAR.cqArm, send, at: time, host: &host)
        core.ring(UAR.cqArm, receive, at: time, host: &host)
        channel.pointee.counters.arms &+= 1
    }

    // MARK: Commands

    mutating func channelCommand(_ step: ChannelStep, _ index: Int, core: borrowing FunctionInterface)
        throws(DriverError)
        -> (Opcode, Record)?
    {
        guard index < channelCount else { throw DriverError("channel \(index) does not exist") }
        switch step {
        case .allocate: return nil
        case .createCQ(let queue): return (.createCQ, try cqInput(queue, index, core: core))
        case .modifyCQ(let queue):
            guard core.capabilities.hasCQModeration else { return nil }
            var input = Record(.modifyCQ)
            let (period, count) = moderation(of: queue)
            input.set(ModifyCQ.cqn, completionRing(queue, index).number)
            // Bits 0 and 1 of the field select: period and count.
            input.set(ModifyCQ.modifyFieldSelect, 3)
            input.set(CQContext.cqPeriod, period, at: ModifyCQ.context)
            input.set(CQContext.cqMaxCount, count, at: ModifyCQ.context)
            return (.modifyCQ, input)
        case .createSQ(let queue): return (.createSQ, sqInput(queue, index, uar: core.uar))
        case .createRQ: return (.createRQ, rqInput(index))
        case .readySQ(let queue):
            return (.modifySQ, Self.modifySQInput(sendRing(queue, index).number, from: .reset, to: .ready))
        case .errorSQ(let queue):
            let ring = sendRing(queue, index)
            return ring.isFailed || ring.number == 0
                ? nil : (.modifySQ, Self.modifySQInput(ring.number, from: .ready, to: .error))
        case .resetSQ: return (.modifySQ, Self.modifySQInput(channels[index].send.number, from: .error, to: .reset))
        case .resetRQ: return (.modifyRQ, Self.modifyRQInput(channels[index].receive.number, from: .error, to: .reset))
        case .readyRQ:
            return (.modifyRQ, Self.modifyRQInput(channels[index].receive.number, from: .reset, to: .ready))
        case .errorRQ:
            if channels[index].receive.isFailed || channels[index].receive.number == 0 { return nil }
            return (.modifyRQ, Self.modifyRQInput(channels[index].receive.number, from: .ready, to: .error))
        }
    }

    mutating func finishChannel(_ step: ChannelStep, _ index: Int, _ output: Record) {
        guard index < channelCount else { return }
        let id = output.get(BitField(0x8, 23, 0))
        let channel = channels + index
        switch step {
        case .createCQ(let queue):
            switch queue {
            case .control: channel.pointee.completionQueues.control.number = id
            case .send: channel.pointee.completionQueues.send.number = id
            case .receive: channel.pointee.completionQueues.receive.number = id
            }
            objects.append(DeviceObject(kind: .cq, id: id, scope: .channels))
        case .createSQ(let queue):
            if queue == .control { channel.pointee.control.number = id } else { channel.pointee.send.number = id }
            objects.append(DeviceObject(kind: .sq, id: id, scope: .channels))
        case .createRQ:
            channel.pointee.receive.number = id
            objects.append(DeviceObject(kind: .rq, id: id, scope: .channels))
        case .allocate, .modifyCQ, .readySQ, .readyRQ, .errorRQ, .errorSQ, .resetSQ, .resetRQ: break
        }
    }

    private func completionRing(_ queue: ChannelQueue, _ index: Int) -> CompletionRing {
        switch queue {
        case .control: channels[index].completionQueues.control
        case .send: channels[index].completionQueues.send
        case .receive: channels[index].completionQueues.receive
        }
    }

    private func sendRing(_ queue: ChannelQueue, _ index: Int) -> SendRing {
        queue == .control ? channels[index].control : channels[index].send
    }

    private func moderation(of queue: ChannelQueue) -> (period: UInt32, count: UInt32) {
        switch queue {
        case .control: (0, 0)
        case .send: (settings.coalescing.transmitMicroseconds, settings.coalescing.transmitFrames)
        case .receive: (settings.coalescing.receiveMicroseconds, settings.coalescing.receiveFrames)
        }
    }

    private func cqInput(_ queue: ChannelQueue, _ index: Int, core: borrowing FunctionInterface) throws(DriverError)
        -> Record
    {
        guard let events = core.index(of: .completion(index)) else { throw DriverError("no event queue") }
        let ring = completionRing(queue, index)
        let (period, count) = moderation(of: queue)
        return Self.cqInput(
            CQShape(
                logSize: ring.logSize, uar: core.uar, eventQueue: UInt32(core.eventQueues[events].number),
                ring: ring.ring.allocation.address, doorbellRecord: ring.recordAddress, period: period, count: count))
    }

    static func cqInput(_ shape: CQShape) -> Record {
        let pageCount = max(1, (64 << shape.logSize) >> 12)
        var input = Record(.createCQ, listByteCount: 8 * pageCount)
        let context = CreateCQ.context
        input.set(CQContext.logCqSize, UInt32(shape.logSize), at: context)
        input.set(CQContext.uarPage, shape.uar, at: context)
        input.set(CQContext.cqPeriod, shape.period, at: context)
        input.set(CQContext.cqMaxCount, shape.count, at: context)
        input.set(CQContext.cEqnOrApuElement, shape.eventQueue, at: context)
        input.set64(context + CQContext.dbrAddr, shape.doorbellRecord)
        input.setPages(of: shape.ring, count: pageCount, at: CreateCQ.pas)
        return input
    }

    private func sqInput(_ queue: ChannelQueue, _ index: Int, uar: UInt32) -> Record {
        let ring = sendRing(queue, index)
        let pageCount = max(1, (64 << ring.logSize) >> 12)
        var input = Record(.createSQ, listByteCount: 8 * pageCount)
        let context = CreateSQ.context
        input.set(SQContext.flushInErrorEn, 1, at: context)
        let completions = completionRing(queue, index).number
        input.set(SQContext.cqn, completions, at: context)
        if queue == .send {
            input.set(SQContext.tisLstSz, 1, at: context)
            input.set(SQContext.tisNum0, settings.tis.first ?? 0, at: context)
        }
        let wq = context + SQContext.wq
        input.set(WQContext.wqType, UInt32(WQType.cyclic.rawValue), at: wq)
        input.set(WQContext.pd, settings.pd, at: wq)
        input.set(WQContext.uarPage, uar, at: wq)
        input.set64(wq + WQContext.dbrAddr, ring.recordAddress)
        input.set(WQContext.logWqStride, 6, at: wq)
        input.set(WQContext.logWqSz, UInt32(ring.logSize), at: wq)
        input.setPages(of: ring.ring.allocation.address, count: pageCount, at: wq + WQContext.pas)
        return input
    }

    private static func modifySQInput(_ number: UInt32, from: QueueState, to: QueueState) -> Record {
        var input = Record(.modifySQ)
        input.set(ModifySQ.sqState, UInt32(from.rawValue))
        input.set(ModifySQ.sqn, number)
        input.set(SQContext.state, UInt32(to.rawValue), at: ModifySQ.context)
        return input
    }

    private func rqInput(_ index: Int) -> Record {
        let ring = channels[index].receive
        let pageCount = max(1, (16 << ring.logSize) >> 12)
        var input = Record(.createRQ, listByteCount: 8 * pageCount)
        let context = CreateRQ.context
        input.set(RQContext.vsd, settings.features.receiveVLAN ? 0 : 1, at: context)
        input.set(RQContext.flushInErrorEn, 1, at: context)
        input.set(RQContext.cqn, channels[index].completionQueues.receive.number, at: context)
        input.set(RQContext.counterSetId, settings.queueCounter, at: context)
        let wq = context + RQContext.wq
        input.set(WQContext.wqType, UInt32(WQType.cyclic.rawValue), at: wq)
        input.set(WQContext.pd, settings.pd, at: wq)
        input.set64(wq + WQContext.dbrAddr, ring.recordAddress)
        input.set(WQContext.logWqStride, 4, at: wq)
        input.set(WQContext.logWqSz, UInt32(ring.logSize), at: wq)
        input.setPages(of: ring.ring.allocation.address, count: pageCount, at: wq + WQContext.pas)
        return input
    }
}
