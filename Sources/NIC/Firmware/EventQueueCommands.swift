import Wire

/// Event and completion queues (native interface, section 6.1).
extension Function {
    /// Largest event queue, as a power of two of entries.
    private static var logLongestEventQueue: Int { 22 }

    mutating func createEQ(_ command: inout Command) throws(Syndrome) {
        let base = CreateEQ.context
        func number(_ field: BitField) -> Int { Int(command.input.get(field, at: base)) }
        let uar = try require(.uar, number(EQContext.uarPage))
        guard number(EQContext.intr) < vectorLimit else { throw .vectorUnknown }
        let logSize = number(EQContext.logEqSize)
        guard logSize <= Self.logLongestEventQueue else { throw .queueTooLarge }
        let pages = try queuePages(
            command.list(at: CreateEQ.pas), ringByteCount: 64 << UInt64(logSize),
            logPageSize: number(EQContext.logPageSize), offset: UInt64(number(EQContext.pageOffset)) * 64)
        var mask = InlineArray<4, UInt64>(repeating: 0)
        for index in 0..<4 { mask[index] = command.input.get64(CreateEQ.eventBitmask + index * 8) }
        var queue = NativeEventQueue(
            decoding: command.part(base, EQContext.byteCount), at: 0, pages: pages, eventMask: mask)
        queue.life = resources.nextLife()
        command.reply(CreateEQ.eqNumber, try firmware.add(queue, .eventQueue, to: &resources.eventQueues, needs: [uar]))
    }

    func queryEQ(_ command: inout Command) throws(Syndrome) {
        let number = command.number(QueryEQ.eqNumber)
        _ = try require(.eventQueue, number)
        let queue = resources.eventQueues[number]
        queue.encode(into: &command.output, at: QueryEQ.context)
        command.output.set64(QueryEQ.eventBitmask, queue.eventMask[0])
        command.append(queue.memory.pages)
    }

    mutating func createCQ(_ command: inout Command) throws(Syndrome) {
        let base = CreateCQ.context
        func number(_ field: BitField) -> Int { Int(command.input.get(field, at: base)) }
        let uar = try require(.uar, number(CQContext.uarPage))
        let events = try require(.eventQueue, number(CQContext.cEqnOrApuElement))
        guard let size = CQESize(rawValue: UInt8(number(CQContext.cqeSz))) else { throw .completionSizeUnknown }
        guard number(CQContext.cqeCompEn) == 0, number(CQContext.apuCq) == 0 else { throw .completionFeature }
        guard number(CQContext.dbrUmemValid) == 0, command.number(CreateCQ.cqUmemValid) == 0 else {
            throw .userMemory
        }
        guard command.input.get64(base + CQContext.dbrAddr) & 7 == 0 else { throw .doorbellRecordMisaligned }
        let logSize = number(CQContext.logCqSize)
        guard logSize <= Int(firmware.capabilities.value(HCACapabilities.logMaxCqSz)) else {
            throw .queueTooLarge
        }
        let logEntry: UInt64 = size == .bytes64 ? 6 : 7
        let pages = try queuePages(
            command.list(at: CreateCQ.pas), ringByteCount: 1 << (UInt64(logSize) + logEntry),
            logPageSize: number(CQContext.logPageSize), offset: UInt64(number(CQContext.pageOffset)) * 64)
        var queue = CompletionQueue(decoding: command.part(base, CQContext.byteCount), at: 0, pages: pages)
        queue.life = resources.nextLife()
        command.reply(
            CreateCQ.cqn,
            try firmware.add(queue, .completionQueue, to: &resources.completionQueues, needs: [uar, events]))
    }

    /// Operation modifier 0 changes moderation; 1 resizes, which is not announced.
    ///
    /// Bits of the field select: 0 period, 1 count, 4 period mode.
    mutating func modifyCQ(_ command: inout Command) throws(Syndrome) {
        let number = command.number(ModifyCQ.cqn)
        _ = try require(.completionQueue, number)
        guard command.opMod == 0 else {
            throw command.opMod == 1 ? .resizeNotModelled : .badOperationModifier
        }
        let fields = command.number(ModifyCQ.modifyFieldSelect)
        guard fields & ~0b1_0011 == 0 else { throw .modifyFieldUnknown }
        func value(_ field: BitField) -> UInt32 { command.input.get(field, at: ModifyCQ.context) }
        if fields & 1 != 0 { resources.completionQueues[number].period = value(CQContext.cqPeriod) }
        if fields & 2 != 0 { resources.completionQueues[number].maximumCount = value(CQContext.cqMaxCount) }
        if fields & 16 != 0 { resources.completionQueues[number].periodMode = value(CQContext.cqPeriodMode) }
    }

    func queryCQ(_ command: inout Command) throws(Syndrome) {
        let number = command.number(QueryCQ.cqn)
        _ = try require(.completionQueue, number)
        let queue = resources.completionQueues[number]
        queue.encode(into: &command.output, at: QueryCQ.context)
        command.append(queue.memory.pages)
    }
}

extension Command {
    /// Adds `addresses` behind the reply, as far as the driver has room.
    mutating func append(_ addresses: [UInt64]) {
        let room = max(0, outputRoom - output.byteCount) / 8
        let base = output.byteCount
        output.bytes.append(contentsOf: repeatElement(0, count: min(room, addresses.count) * 8))
        for (index, address) in addresses.prefix(room).enumerated() { output.set64(base + index * 8, address) }
    }
}
