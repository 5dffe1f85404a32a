import Host
import NIC
import Simulation
import Wire

extension Bench {
    static func pages(_ address: UInt64, _ count: Int) -> [UInt64] { (0..<UInt64(count)).map { address + $0 * 4096 } }

    /// A key for all memory: PA mode, local read and write, domain 7.
    func makeKey(domain: UInt32 = 7, flags: [BitField] = [MKeyContext.lr, MKeyContext.lw]) {
        var context = Record(byteCount: MKeyContext.byteCount)
        for flag in flags { context.set(flag, 1) }
        context.set(MKeyContext.length64, 1)
        context.set(MKeyContext.pd, domain)
        context.set(MKeyContext.mkey7_0, 0x11)
        _ = resources.memoryKeys.insert(MemoryKey(decoding: context, at: 0, pages: []))
    }

    /// Event queue 0, armed, that wants all asynchronous events.
    func makeEventQueue(logSize: UInt32 = 6) {
        var context = Record(byteCount: EQContext.byteCount)
        context.set(EQContext.logEqSize, logSize)
        context.set(EQContext.st, 9)
        for entry in 0..<(UInt64(1) << UInt64(logSize)) { write([1], at: Self.eventRing + entry * 64 + 63) }
        _ = resources.eventQueues.insert(
            NativeEventQueue(
                decoding: context, at: 0, pages: Self.pages(Self.eventRing, 4),
                eventMask: InlineArray<4, UInt64>(repeating: .max)))
    }

    /// A completion queue; number 1 for sends, number 2 for receives, in this order.
    func makeCompletionQueue(
        at address: UInt64, record: UInt64, logSize: UInt32 = 4, _ change: (inout Record) -> Void = { _ in }
    ) {
        var context = Record(byteCount: CQContext.byteCount)
        context.set(CQContext.logCqSize, logSize)
        context.set64(CQContext.dbrAddr, record)
        context.set(CQContext.st, 0xa)
        change(&context)
        let stride: UInt64 = context.get(CQContext.cqeSz) == 0 ? 64 : 128
        for entry in 0..<(UInt64(1) << UInt64(logSize)) { write([0xf1], at: address + entry * stride + stride - 1) }
        _ = resources.completionQueues.insert(CompletionQueue(decoding: context, at: 0, pages: Self.pages(address, 4)))
    }

    /// Send queue 1 on completion queue 1.
    func makeSendQueue(logSize: UInt32 = 4, reservedKey: Bool = false, _ change: (inout Record) -> Void = { _ in }) {
        var context = Record(byteCount: 0xf0)
        context.set(SQContext.flushInErrorEn, 1)
        context.set(SQContext.rlky, reservedKey ? 1 : 0)
        context.set(SQContext.cqn, 1)
        context.set(SQContext.userIndex, 0xabcdef)
        context.set(WQContext.wqType, 1, at: SQContext.wq)
        context.set(WQContext.pd, 7, at: SQContext.wq)
        context.set64(SQContext.wq + WQContext.dbrAddr, 0x6_0000)
        context.set(WQContext.logWqStride, 6, at: SQContext.wq)
        context.set(WQContext.logWqSz, logSize, at: SQContext.wq)
        change(&context)
        guard
            let number = resources.sendQueues.insert(
                SendQueue(decoding: context, at: 0, pages: Self.pages(Self.sendRing, 4)))
        else { return }
        nic.setSendQueueState(
            .ready, of: number, function: function, at: queue.now, platform: &platform, medium: &medium)
    }

    /// Receive queue 1 on completion queue 2, with one data segment for an entry.
    func makeReceiveQueue(logSize: UInt32 = 4, logStride: UInt32 = 4, _ change: (inout Record) -> Void = { _ in }) {
        var context = Record(byteCount: 0xf0)
        context.set(RQContext.flushInErrorEn, 1)
        context.set(RQContext.cqn, 2)
        context.set(RQContext.counterSetId, 1)
        context.set(WQContext.wqType, 1, at: RQContext.wq)
        context.set(WQContext.pd, 7, at: RQContext.wq)
        context.set64(RQContext.wq + WQContext.dbrAddr, 0x6_0040)
        context.set(WQContext.logWqStride, logStride, at: RQContext.wq)
        context.set(WQContext.logWqSz, logSize, at: RQContext.wq)
        change(&context)
        guard
            let number = resources.receiveQueues.insert(
                ReceiveQueue(decoding: context, at: 0, pages: Self.pages(Self.receiveRing, 4)))
        else { return }
        nic.setReceiveQueueState(
            .ready, of: number, function: function, at: queue.now, platform: &platform, medium: &medium)
    }

    /// Everything a plain sender needs.
    static func sender(_ parameters: NICParameters = .default) -> Bench {
        let bench = Bench(parameters)
        bench.makeKey()
        bench.makeEventQueue()
        bench.makeCompletionQueue(at: sendCompletions, record: 0x6_0080)
        bench.makeSendQueue()
        return bench
    }

    /// Everything a plain receiver needs: all frames go to receive queue 1 by way of table 1 and TIR 1.
    static func receiver(
        _ parameters: NICParameters = .default, _ changeQueue: (inout Record) -> Void = { _ in }
    ) -> Bench {
        let bench = Bench(parameters)
        bench.makeKey()
        bench.makeEventQueue()
        bench.makeCompletionQueue(at: sendCompletions, record: 0x6_0080)
        bench.makeCompletionQueue(at: receiveCompletions, record: 0x6_00c0)
        _ = bench.resources.queueCounters.insert(QueueCounters())
        bench.makeReceiveQueue(changeQueue)
        bench.makeDirectInterface(to: 1)
        bench.receiveEverything()
        return bench
    }

    /// All frames go to TIR 1 by way of a table with one entry.
    private func receiveEverything() {
        let table = makeTable()
        makeGroup(in: table, 0...0)
        setEntry(in: table, at: 0, group: 0, action: 4, destinations: [0x0200_0001])
        resources.receiveRoot = self.table(table)
    }

    func makeDirectInterface(to queue: UInt32) {
        var context = Record(byteCount: 0xf0)
        context.set(TIRContext.inlineRqn, queue)
        var hasher = ToeplitzHasher.zero
        let interface = TransportInterfaceReceive(decoding: context, at: 0, sharing: &hasher)
        _ = resources.transportReceives.insert(interface)
    }

    // What follows is not inlined: the optimizer of Swift 6.3.1 crashes over accessors of `resources` within each other when
    // the package is built for tests.

    /// A flow table of 1,024 entries; a miss goes to table `miss` when there is one.
    @inline(never)
    func makeTable(level: Int = 0, miss: Int? = nil) -> Int {
        let table = FlowTable(owner: function, type: .nicRX, level: level, logSize: 10)
        let handle = nic.steering.add(table, missTo: miss.flatMap { resources.flowTables.find($0) })
        return resources.flowTables.insert(handle) ?? -1
    }

    /// The handle of flow table `number`.
    @inline(never)
    func table(_ number: Int) -> FlowTableHandle { resources.flowTables[number] }

    /// A group that compares what `mask` sets, relative to the match parameters' start.
    @inline(never)
    func makeGroup(in table: Int, _ indexes: ClosedRange<Int>, mask: (inout Record) -> Void = { _ in }) {
        guard let group = try? FlowGroupDescription(decoding: Self.group(indexes, mask: mask)) else { return }
        _ = nic.steering.addGroup(group, to: self.table(table))
    }

    /// The input of CREATE_FLOW_GROUP for a group that compares what `mask` sets.
    static func group(_ indexes: ClosedRange<Int>, mask: (inout Record) -> Void) -> Record {
        var command = Record(byteCount: CreateFlowGroup.inputByteCount)
        command.set(CreateFlowGroup.startFlowIndex, UInt32(indexes.lowerBound))
        command.set(CreateFlowGroup.endFlowIndex, UInt32(indexes.upperBound))
        var parameters = Record(byteCount: MatchParameters.byteCount)
        mask(&parameters)
        let start = CreateFlowGroup.matchCriteria
        command.bytes.replaceSubrange(start..<start + parameters.byteCount, with: parameters.bytes)
        var enable: UInt32 = 0
        for set in 0..<7 where parameters.bytes[set * 64..<set * 64 + 64].contains(where: { $0 != 0 }) {
            enable |= 1 << UInt32(set)
        }
        command.set(CreateFlowGroup.matchCriteriaEnable, enable)
        return command
    }

    /// Destinations as the first word of their format: type in the top byte, number below.
    @inline(never)
    func setEntry(
        in table: Int, at index: Int, group: UInt32, action: UInt16, destinations: [UInt32] = [],
        counters: [Int] = [], tag: UInt32 = 0, value: (inout Record) -> Void = { _ in }
    ) {
        var parameters = Record(byteCount: MatchParameters.byteCount)
        value(&parameters)
        var entry = FlowEntryDescription(
            group: group, action: FlowAction(rawValue: action),
            value: (0..<MatchParameters.byteCount / 8).map { parameters.get64($0 * 8) })
        entry.flowTag = tag
        entry.destinations = destinations.map { word in
            let number = Int(word & 0xff_ffff)
            return word >> 24 == 2
                ? SteeringDestination(.receiveInterface, number)
                : SteeringDestination(.table, Int(self.table(number).index))
        }
        entry.counters = counters.map { resources.flowCounters[$0] }
        if nic.steering.replaceEntry(at: UInt32(index), of: self.table(table), with: entry) { return }
        try? nic.steering.addEntry(entry, at: UInt32(index), of: self.table(table))
    }

    // MARK: Queues

    /// Puts the entry `bytes` at block `block` of the send ring.
    func post(_ bytes: [UInt8], block: Int) { write(bytes, at: Self.sendRing + UInt64(block) * 64) }

    /// Sets the send doorbell record and rings.
    func ring(_ counter: UInt32, hint: UInt16? = nil) {
        write(word: counter, at: 0x6_0004)
        nic.sendQueueDoorbell(1, hint: hint, function: function, at: queue.now, platform: &platform)
        collect()
    }

    /// Posts `count` receive entries of one segment each, 2,048 bytes apart from `Bench.data` on.
    func postReceives(_ count: Int, byteCount: UInt32 = 2048) {
        for entry in 0..<count {
            let place = Self.receiveRing + UInt64(entry) * 16
            write(word: byteCount, at: place)
            write(word: Self.key, at: place + 4)
            write(word: 0, at: place + 8)
            write(word: UInt32(Self.data) + UInt32(entry) * 2048, at: place + 12)
        }
        write(word: UInt32(count), at: 0x6_0040)
    }

    func sendCompletion(_ index: Int) -> [UInt8] { read(64, at: Self.sendCompletions + UInt64(index) * 64) }
    func receiveCompletion(_ index: Int) -> [UInt8] { read(64, at: Self.receiveCompletions + UInt64(index) * 64) }
    func event(_ index: Int) -> [UInt8] { read(64, at: Self.eventRing + UInt64(index) * 64) }
}
