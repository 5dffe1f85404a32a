import Host
import NIC
import Simulation
import Testing
import Wire

/// Completions of received frames, byte by byte, and what can go wrong with a receive queue.
struct ReceivePathTests {
    /// TCP over IPv4, ACK, 6 bytes of data, checksums right: 60 bytes.
    static let tcp: [UInt8] =
        Array(Headers.tcp4[..<16]) + [0, 46, 0x12, 0x34, 0x40, 0, 64, 6, 0x14, 0x94]
        + Array(Headers.tcp4[26..<50]) + [0x85, 0x7f, 0, 0, 1, 2, 3, 4, 5, 6]

    /// The same with a customer tag, control information 0x602a.
    static let tagged: [UInt8] = Array(tcp[..<12]) + [0x81, 0x00, 0x60, 0x2a] + Array(tcp[12...])

    private func received(_ frames: [[UInt8]], posted: Int = 4, byteCount: UInt32 = 2048) -> Bench {
        let bench = Bench.receiver()
        bench.postReceives(posted, byteCount: byteCount)
        for frame in frames { bench.receive(frame) }
        bench.run()
        return bench
    }

    @Test func describesATCPFrame() {
        let completion = received([Self.tcp]).receiveCompletion(0)
        // The IP header adds up to 0xffff, which counts as zero; the rest to 0xffff less the pseudo-header: 0x1423.
        #expect(Array(completion[0x14..<0x16]) == [0xeb, 0xdc])
        #expect(Array(completion[0x1c..<0x20]) == [0x07, 0x48, 0, 0])
        #expect(Array(completion[0x2c..<0x30]) == [0, 0, 0, 60])
    }

    @Test func takesTheTagOutOfAFrame() {
        let bench = received([Self.tagged])
        #expect(bench.read(60, at: Bench.data) == Self.tcp)
        let completion = bench.receiveCompletion(0)
        #expect(Array(completion[0x14..<0x16]) == [0xeb, 0xdc])
        #expect(Array(completion[0x1c..<0x20]) == [0x07, 0x49, 0x60, 0x2a])
        #expect(Array(completion[0x2c..<0x30]) == [0, 0, 0, 60])
    }

    @Test func leavesTheTagWhereTheQueueSaysSo() {
        let bench = Bench.receiver { $0.set(RQContext.vsd, 1) }
        bench.postReceives(1)
        bench.receive(Self.tagged)
        bench.run()
        #expect(bench.read(64, at: Bench.data) == Self.tagged)
        #expect(bench.receiveCompletion(0)[0x1d] & 1 == 0)
    }

    @Test func aWrongChecksumIsNotOK() {
        var frame = Self.tcp
        frame[59] ^= 1
        #expect(received([frame]).receiveCompletion(0)[0x1c] == 0x03)
        frame = Self.tcp
        frame[24] ^= 1
        #expect(received([frame]).receiveCompletion(0)[0x1c] == 0x05)
    }

    @Test func framesAreCompletedInOrderAndTheOwnerBitFlips() {
        let bench = Bench.receiver()
        for round in 0..<5 {
            bench.postReceives(16)
            bench.write(word: UInt32((round + 1) * 4), at: 0x6_0040)
            bench.write(word: UInt32(round * 4), at: 0x6_00c0)
            for number in 0..<4 { bench.receive(SendTests.plain + [UInt8(number)]) }
            bench.run()
        }
        #expect(bench.receiveCompletion(0)[0x3f] == 0x21)
        #expect(bench.receiveCompletion(3)[0x3c...] == [0, 19, 0xff, 0x21])
        #expect(bench.receiveCompletion(4)[0x3f] == 0x20)
        #expect(bench.isBalanced)
    }

    @Test func withoutBuffersFramesAreCountedAndDropped() {
        let bench = received([Self.tcp, Self.tcp, Self.tcp], posted: 1)
        #expect(bench.medium.frames.delivered.frames == 1)
        #expect(bench.medium.frames.dropped(for: .outOfReceiveBuffers).frames == 2)
        #expect(bench.resources.queueCounters[1].outOfBuffer == 2)
    }

    @Test func aShortBufferFailsTheQueueAndFlushesIt() {
        let bench = received([Self.tcp], posted: 3, byteCount: 59)
        let completion = bench.receiveCompletion(0)
        #expect(completion[0x37] == 0x01)
        #expect(completion[0x3f] == 0xe0)
        #expect(bench.receiveCompletion(1)[0x37] == 0x05)
        #expect(bench.receiveCompletion(2)[0x3c...] == [0, 2, 0xff, 0xe0])
        #expect(bench.receiveCompletion(3)[0x3f] == 0xf1)
        #expect(bench.medium.frames.dropped(for: .receiveBufferTooShort).frames == 1)
        #expect(bench.resources.receiveQueues[1].state == .error)
    }

    @Test func aBufferUnderABadKeyFailsTheQueue() {
        let bench = Bench.receiver()
        bench.postReceives(1)
        bench.write(word: Bench.key + 1, at: Bench.receiveRing + 4)
        bench.receive(Self.tcp)
        bench.run()
        #expect(bench.receiveCompletion(0)[0x37] == 0x04)
        #expect(bench.medium.frames.dropped(for: .receiveMemoryFault).frames == 1)
    }

    @Test func aFrameIsScatteredUntilTheListEnds() {
        let bench = Bench.receiver { $0.set(WQContext.logWqStride, 6, at: RQContext.wq) }
        let segments: [[UInt32]] = [[20, Bench.key, 0, 0x10_0000], [100, Bench.key, 0, 0x10_1000], [0, 0x100, 0, 0]]
        for (place, word) in segments.flatMap({ $0 }).enumerated() {
            bench.write(word: word, at: Bench.receiveRing + UInt64(place * 4))
        }
        bench.write(word: 1, at: 0x6_0040)
        bench.receive(Self.tcp)
        bench.run()
        #expect(bench.read(20, at: 0x10_0000) == Array(Self.tcp[..<20]))
        #expect(bench.read(40, at: 0x10_1000) == Array(Self.tcp[20...]))
        #expect(bench.receiveCompletion(0)[0x3f] == 0x20)
    }

    /// Stock Linux sets bit 31 of the byte count in every receive entry; in a send entry it means inline data.
    @Test func aBufferThatAllowsPaddingAtItsStartIsABuffer() {
        let bench = Bench.receiver()
        let entry: [UInt32] = [0x8000_0000 | 1536, Bench.key, 0, 0x10_0000]
        for (place, word) in entry.enumerated() { bench.write(word: word, at: Bench.receiveRing + UInt64(place * 4)) }
        bench.write(word: 1, at: 0x6_0040)
        bench.receive(Self.tcp)
        bench.run()
        #expect(bench.read(60, at: 0x10_0000) == Array(Self.tcp))
        #expect(bench.receiveCompletion(0)[0x3f] == 0x20)
    }

    @Test func aCounterThatJumpsPastTheRingIsAnEvent() {
        let bench = Bench.receiver()
        bench.write(word: 17, at: 0x6_0040)
        bench.receive(Self.tcp)
        bench.run()
        #expect(bench.event(0)[1] == 0x05)
        #expect(bench.event(0)[0x34] == 1)
        #expect(bench.medium.frames.dropped(for: .receiveQueueNotReady).frames == 1)
    }

    @Test func aFrameAndItsCompletionComeBeforeTheInterrupt() {
        let bench = Bench.receiver()
        bench.postReceives(1)
        bench.nic.armCompletionQueue(
            2, function: bench.function, consumer: 0, solicitedOnly: false, at: .zero, platform: &bench.platform)
        bench.receive(Self.tcp)
        bench.run()
        #expect(bench.event(0)[1] == 0)
        #expect(Array(bench.event(0)[0x38..<0x3c]) == [0, 0, 0, 2])
        #expect(bench.interrupts.count == 1)
    }

    @Test func resettingTheFunctionBalancesTheBooks() {
        let bench = Bench.receiver()
        bench.postReceives(4)
        for _ in 0..<8 { bench.receive(Self.tcp) }
        bench.run(until: .zero + .nanoseconds(400))
        bench.nic.reset(bench.function, at: bench.queue.now, medium: &bench.medium)
        bench.run()
        #expect(bench.isBalanced)
        #expect(bench.medium.frames.dropped(for: .functionReset).frames == 8)
    }

    @Test func aPacketKeepsItsJourneyThroughHostMemory() {
        let bench = Bench.receiver()
        bench.makeSendQueue()
        bench.postReceives(1)
        bench.receive(Self.tcp)
        bench.run()
        let tag = bench.host.tag(bench.function, at: Bench.data)
        let parked = bench.medium.frames.parkedJourney(tag)
        #expect(parked?.birth == .zero)
        #expect(parked.map { $0.spent[Int(Stage.dataWrite.rawValue)] > 0 } == true)
    }
}
