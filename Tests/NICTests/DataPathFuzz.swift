import Host
import NIC
import Simulation
import Wire

/// Rings, doorbells and frames made of numbers that somebody else chooses: a fuzzer or a seeded generator.
///
/// Whatever the numbers are, nothing may trap, every run must come to an end, and the books must balance.
struct DataPathFuzz {
    /// What did not hold after a run.
    enum Violation: Error, Equatable { case endless, framesLost, bufferNotEmpty }

    /// Far more events than any input can cause that is not endless.
    private static let mostEvents = 400_000

    private let bench = Bench.receiver { $0.set(WQContext.logWqStride, 6, at: RQContext.wq) }
    private var next: () -> UInt8

    init(_ next: @escaping () -> UInt8) {
        self.next = next
        bench.makeSendQueue()
        bench.loopsBack = true
    }

    private mutating func word() -> UInt32 { (0..<4).reduce(0) { value, _ in value << 8 | UInt32(next()) } }

    /// One thing a driver or a wire can do.
    mutating func step() throws(Violation) {
        switch next() % 8 {
        case 0, 1: postEntry()
        case 2: bench.ring(UInt32(next() % 24), hint: UInt16(next()))
        case 3:
            for place in 0..<16 { bench.write(word: segmentWord(place), at: Bench.receiveRing + UInt64(place) * 4) }
            bench.write(word: UInt32(next() % 20), at: 0x6_0040)
        case 4: bench.receive((0..<Int(next())).map { _ in next() })
        case 5: restart()
        case 6:
            bench.nic.armCompletionQueue(
                Int(next() % 4), function: bench.function, consumer: word(), solicitedOnly: next() & 1 != 0,
                at: bench.queue.now, platform: &bench.platform)
        default:
            bench.write(word: UInt32(next()), at: 0x6_00c0)
            bench.write(word: UInt32(next()), at: 0x6_0080)
            bench.nic.updateEventQueue(
                0, function: bench.function, consumer: word(), arms: true, at: bench.queue.now)
        }
        try bench.run(atMost: Self.mostEvents)
    }

    /// An entry that is nearly right, with some bytes changed, somewhere in the ring.
    private mutating func postEntry() {
        var entry: [UInt8] = [
            0, 0, 0, next() & 1 == 0 ? 0x0a : 0x0e, 0, 0, 1, next() % 20, 0, 0, 0, 8, 0, 0, 0, 0,
            0, 0, 0, 0, next(), 0, next() & 3, next(), 0, 0, 0, 0, next() & 0x80, next() % 100,
        ]
        entry += Headers.tcp4
        while entry.count % 16 != 0 { entry.append(0) }
        for place in 0..<12 {
            let value = segmentWord(place)
            for shift in [24, 16, 8, 0] as [UInt32] { entry.append(UInt8(truncatingIfNeeded: value >> shift)) }
        }
        for _ in 0..<Int(next() % 4) { entry[Int(next()) % entry.count] = next() }
        bench.post(entry, block: Int(next() % 12))
    }

    /// Word `place` of a list of data segments: mostly one that makes sense there.
    private mutating func segmentWord(_ place: Int) -> UInt32 {
        if next() % 16 == 0 { return word() }
        switch place % 4 {
        case 0: return UInt32(next()) << UInt32(next() % 8)
        case 1: return next() % 8 == 0 ? 0x100 : Bench.key
        case 2: return 0
        default: return UInt32(Bench.data) + UInt32(next()) * 64
        }
    }

    /// Queues leave the error state, or the function is started over.
    private mutating func restart() {
        let sendState: QueueState = next() % 4 == 0 ? .error : .reset
        for state in [sendState, .reset, .ready] {
            bench.nic.setSendQueueState(
                state, of: 1, function: bench.function, at: bench.queue.now, platform: &bench.platform,
                medium: &bench.medium)
            bench.nic.setReceiveQueueState(
                state, of: 1, function: bench.function, at: bench.queue.now, platform: &bench.platform,
                medium: &bench.medium)
        }
        bench.write(word: 0, at: 0x6_0004)
    }

    /// Looks at the books.
    func check() throws(Violation) {
        guard bench.isBalanced else { throw .framesLost }
        guard bench.nic.ports[0].bufferedByteCount == 0 else { throw .bufferNotEmpty }
    }
}

extension Bench {
    /// Runs until nothing is left to happen, and complains when that takes more than `limit` events.
    func run(atMost limit: Int) throws(DataPathFuzz.Violation) {
        collect()
        var left = limit
        while let event = queue.popNext() {
            guard left > 0 else { throw .endless }
            left -= 1
            nic.handle(event, at: queue.now, platform: &platform, medium: &medium)
            collect()
        }
        sent.removeAll()
        interrupts.removeAll()
    }
}
