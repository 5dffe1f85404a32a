import Host
import Simulation
import Wire

/// Send and receive queues (native interface, section 6.2).
extension Function {
    mutating func createSQ(_ command: inout Command, _ parameters: borrowing NICParameters) throws(Syndrome) {
        let base = CreateSQ.context
        func number(_ field: BitField) -> Int { Int(command.input.get(field, at: base)) }
        guard number(SQContext.state) == Int(QueueState.reset.rawValue) else { throw .queueNotReset }
        guard number(SQContext.hairpin) == 0, number(SQContext.allowMultiPktSendWqe) == 0,
            number(SQContext.regUmr) == 0, number(SQContext.allowSwp) == 0, number(SQContext.cdMaster) == 0,
            number(SQContext.nonWire) == 0, number(SQContext.packetPacingRateLimitIndex) == 0
        else { throw .workQueueFeature }
        guard InlineMode(rawValue: UInt8(number(SQContext.minWqeInlineMode))) != nil else { throw .inlineModeUnknown }
        // A queue for control entries alone sends nothing and names no TIS, as the real driver's ICOSQ.
        guard number(SQContext.tisLstSz) <= 1 else { throw .transportSendCount }
        var needs = [
            try require(.completionQueue, number(SQContext.cqn)),
            try require(.uar, Int(command.input.get(WQContext.uarPage, at: base + SQContext.wq))),
        ]
        if number(SQContext.tisLstSz) == 1 { needs.append(try require(.transportSend, number(SQContext.tisNum0))) }
        let pages = try workQueuePages(command, at: base + SQContext.wq, strides: 6...6, needs: &needs)
        var queue = SendQueue(decoding: command.part(base, SQContext.byteCount), at: 0, pages: pages)
        queue.epoch = resources.nextLife()
        command.reply(CreateSQ.sqn, try firmware.add(queue, .sendQueue, to: &resources.sendQueues, needs: needs))
    }

    mutating func createRQ(_ command: inout Command, _ parameters: borrowing NICParameters) throws(Syndrome) {
        let base = CreateRQ.context
        func number(_ field: BitField) -> Int { Int(command.input.get(field, at: base)) }
        guard number(RQContext.state) == Int(QueueState.reset.rawValue) else { throw .queueNotReset }
        guard number(RQContext.hairpin) == 0, number(RQContext.delayDropEn) == 0,
            number(RQContext.memRqType) == Int(MemoryRQType.inline.rawValue),
            command.input.get(WQContext.shampoEnable, at: base + RQContext.wq) == 0
        else { throw .workQueueFeature }
        var needs = [try require(.completionQueue, number(RQContext.cqn))]
        let counters = number(RQContext.counterSetId)
        if counters != 0 { needs.append(try require(.queueCounter, counters)) }
        let longest = parameters.longestReceiveEntry
        let logLongest = Int.bitWidth - 1 - longest.leadingZeroBitCount
        let pages = try workQueuePages(command, at: base + RQContext.wq, strides: 4...logLongest, needs: &needs)
        var queue = ReceiveQueue(decoding: command.part(base, RQContext.byteCount), at: 0, pages: pages)
        queue.epoch = resources.nextLife()
        command.reply(CreateRQ.rqn, try firmware.add(queue, .receiveQueue, to: &resources.receiveQueues, needs: needs))
    }

    /// Checks the work queue context at `base`; returns the ring's pages and adds what the queue needs.
    ///
    /// A protection domain of zero is none: keys will not match, as with a queue that never has entries.
    private func workQueuePages(
        _ command: Command, at base: Int, strides: ClosedRange<Int>, needs: inout [ObjectName]
    ) throws(Syndrome) -> [UInt64] {
        func number(_ field: BitField) -> Int { Int(command.input.get(field, at: base)) }
        guard number(WQContext.wqType) == Int(WQType.cyclic.rawValue) else { throw .workQueueType }
        guard number(WQContext.wqSignature) == 0, number(WQContext.cdSlave) == 0 else { throw .workQueueFeature }
        guard number(WQContext.dbrUmemValid) == 0, number(WQContext.wqUmemValid) == 0 else { throw .userMemory }
        guard command.input.get64(base + WQContext.dbrAddr) & 7 == 0 else { throw .doorbellRecordMisaligned }
        let (logStride, logSize) = (number(WQContext.logWqStride), number(WQContext.logWqSz))
        guard strides.contains(logStride) else { throw .workQueueStride }
        guard logSize <= Int(firmware.capabilities.value(HCACapabilities.logMaxWqSz)) else {
            throw .queueTooLarge
        }
        let domain = number(WQContext.pd)
        if domain != 0 { needs.append(try require(.protectionDomain, domain)) }
        return try queuePages(
            command.list(at: base + WQContext.pas), ringByteCount: 1 << UInt64(logStride + logSize),
            logPageSize: number(WQContext.logWqPgSz), offset: UInt64(number(WQContext.pageOffset)) * 64)
    }

    func querySQ(_ command: inout Command) throws(Syndrome) {
        let number = command.number(QuerySQ.sqn)
        _ = try require(.sendQueue, number)
        resources.sendQueues[number].encode(into: &command.output, at: QuerySQ.context)
    }

    func queryRQ(_ command: inout Command) throws(Syndrome) {
        let number = command.number(QueryRQ.rqn)
        _ = try require(.receiveQueue, number)
        resources.receiveQueues[number].encode(into: &command.output, at: QueryRQ.context)
    }

    /// The state that MODIFY_SQ or MODIFY_RQ asks for.
    ///
    /// Any state may go to RST and to ERR, RST and RDY to RDY.
    fileprivate func transition(
        from state: QueueState, saying said: UInt32, to wanted: UInt32
    ) throws(Syndrome) -> QueueState {
        guard said == UInt32(state.rawValue) else { throw .queueStateDiffers }
        guard let target = QueueState(rawValue: UInt8(wanted)) else { throw .queueTransition }
        guard target != .ready || state != .error else { throw .queueTransition }
        return target
    }
}

extension NIC {
    mutating func modifySQ(
        _ command: inout Command, of function: FunctionID, platform: inout Platform, medium: inout Medium
    ) throws(Syndrome) {
        let index = Int(function.index)
        let number = command.number(ModifySQ.sqn)
        _ = try functions[index].require(.sendQueue, number)
        let state = functions[index].resources.sendQueues[number].state
        let target = try functions[index].transition(
            from: state, saying: command.input.get(ModifySQ.sqState),
            to: command.input.get(SQContext.state, at: ModifySQ.context))
        let fields = SQModifyMask(rawValue: command.input.get64(ModifySQ.modifyBitmask))
        // Neither pacing nor queue groups are announced, so there is nothing that could be chosen.
        guard fields.isEmpty else { throw .modifyFieldUnknown }
        if target != state {
            setSendQueueState(
                target, of: number, function: function, at: command.now, platform: &platform, medium: &medium)
        }
    }

    mutating func destroySQ(
        _ command: inout Command, of function: FunctionID, platform: inout Platform, medium: inout Medium
    ) throws(Syndrome) {
        let number = command.number(DestroySQ.sqn)
        try functions[Int(function.index)].checkRemovable(.sendQueue, number)
        setSendQueueState(.reset, of: number, function: function, at: command.now, platform: &platform, medium: &medium)
        try functions[Int(function.index)].removeSendQueue(number)
    }

    mutating func modifyRQ(
        _ command: inout Command, of function: FunctionID, platform: inout Platform, medium: inout Medium
    ) throws(Syndrome) {
        let index = Int(function.index)
        let number = command.number(ModifyRQ.rqn)
        let name = try functions[index].require(.receiveQueue, number)
        let queue = functions[index].resources.receiveQueues[number]
        func value(_ field: BitField) -> UInt32 { command.input.get(field, at: ModifyRQ.context) }
        let target = try functions[index].transition(
            from: queue.state, saying: command.input.get(ModifyRQ.rqState), to: value(RQContext.state))
        let fields = RQModifyMask(rawValue: command.input.get64(ModifyRQ.modifyBitmask))
        guard fields.subtracting([.vsd, .scatterFCS, .counterSetID]).isEmpty else { throw .modifyFieldUnknown }
        if fields.contains(.counterSetID) {
            let counters = Int(value(RQContext.counterSetId))
            var needs = functions[index].firmware.references.references(of: name)
            needs.removeAll { $0.kind == .queueCounter }
            if counters != 0 { needs.append(try functions[index].require(.queueCounter, counters)) }
            functions[index].firmware.references.set(name, needs: needs)
            functions[index].resources.receiveQueues[number].counterSet = counters
        }
        if fields.contains(.vsd) {
            functions[index].resources.receiveQueues[number].keepsVLAN = value(RQContext.vsd) != 0
        }
        if fields.contains(.scatterFCS) {
            functions[index].resources.receiveQueues[number].keepsFrameCheckSequence =
                value(RQContext.scatterFcs) != 0
        }
        if target != queue.state {
            setReceiveQueueState(
                target, of: number, function: function, at: command.now, platform: &platform, medium: &medium)
        }
    }

    mutating func destroyRQ(
        _ command: inout Command, of function: FunctionID, platform: inout Platform, medium: inout Medium
    ) throws(Syndrome) {
        let number = command.number(DestroyRQ.rqn)
        try functions[Int(function.index)].checkRemovable(.receiveQueue, number)
        setReceiveQueueState(
            .reset, of: number, function: function, at: command.now, platform: &platform, medium: &medium)
        try functions[Int(function.index)].removeReceiveQueue(number)
    }
}
