import Host
import NIC
import Simulation
import Testing
import Wire

/// Send queues over their life: rings that wrap, turns, states (native interface, sections 5.1 and 6.2).
struct SendQueueTests {
    @Test func aRingWrapsAndItsOwnerBitsFollow() {
        let bench = Bench.sender()
        bench.write(SendTests.plain, at: Bench.data)
        for counter in 0..<40 {
            var entry = SendTests.entry
            entry[2] = UInt8(counter)
            bench.post(entry, block: counter % 16)
            bench.write(word: UInt32(counter), at: 0x6_0080)
            bench.ring(UInt32(counter + 1), hint: UInt16(counter))
            bench.run()
        }
        #expect(bench.sent.count == 40)
        #expect(bench.sendCompletion(7)[0x3c...] == [0, 39, 0xff, 0x00])
        #expect(bench.sendCompletion(8)[0x3c...] == [0, 24, 0xff, 0x01])
    }

    /// A doorbell that says what the last one said tells of nothing: no entry is read again, none is sent again.
    @Test func aDoorbellThatRepeatsTheLastOneSendsNothingAgain() {
        let bench = Bench.sender()
        bench.write(SendTests.plain, at: Bench.data)
        bench.post(SendTests.entry, block: 0)
        bench.ring(1, hint: 0)
        bench.run()
        let (reads, bytes) = (bench.nic.links[0].counters.readCount, bench.nic.links[0].counters.readByteCount)
        for _ in 0..<3 {
            bench.ring(1, hint: 0)
            bench.run()
        }
        // The doorbell record each time, which has 4 bytes, and nothing else.
        #expect(bench.nic.links[0].counters.readCount == reads + 3)
        #expect(bench.nic.links[0].counters.readByteCount == bytes + 12)
        #expect(bench.sent.count == 1)
        #expect(bench.sendCompletion(1)[0x3f] == 0xf1)
        #expect(bench.resources.sendQueues[1].state == .ready)
        // While an entry is under way as well; and the next one is sent.
        var second = SendTests.entry
        second[2] = 1
        bench.post(second, block: 1)
        bench.ring(2, hint: 1)
        bench.ring(2, hint: 1)
        bench.run()
        #expect(bench.sent.count == 2)
        #expect(bench.sendCompletion(2)[0x3f] == 0xf1)
    }

    @Test func anEntryMayGoOnAtTheRingsStart() {
        let bench = Bench.sender()
        let header = SendOffloadTests.entry(
            opcode: 0x0a, header: Array(SendTests.plain[..<40]), flags: 0, mss: 0, byteCount: 20)
        bench.write(Array(SendTests.plain[40...]), at: Bench.data)
        for block in 0..<15 { bench.post([0, 0, 0, 0, 0, 0, 1, 1], block: block) }
        bench.ring(15)
        bench.run()
        bench.post(Array(header[..<64]), block: 15)
        bench.post(Array(header[64...]), block: 0)
        bench.ring(17)
        bench.run()
        #expect(bench.sent.map(\.bytes) == [SendTests.plain])
        #expect(bench.sendCompletion(0)[0x3c...] == [0, 15, 0xff, 0x00])
    }

    @Test func onlyEntriesThatAskForItAreCompleted() {
        let bench = Bench.sender()
        bench.write(SendTests.plain, at: Bench.data)
        for block in 0..<4 {
            var entry = SendTests.entry
            entry[2] = UInt8(block)
            entry[11] = block == 3 ? 8 : 0
            bench.post(entry, block: block)
        }
        bench.ring(4)
        bench.run()
        #expect(bench.sent.count == 4)
        #expect(bench.sendCompletion(0)[0x3d] == 3)
        #expect(bench.sendCompletion(1)[0x3f] == 0xf1)
    }

    @Test func queuesTakeTurns() {
        var parameters = NICParameters.default
        parameters.sendFetchEntryCount = 4
        parameters.sendFetchLimit = 1
        let bench = Bench.sender(parameters)
        bench.makeSendQueue(logSize: 4) { $0.set64(SQContext.wq + WQContext.dbrAddr, 0x6_0100) }
        bench.write(SendTests.plain, at: Bench.data)
        for block in 0..<16 {
            var entry = SendTests.entry
            entry[11] = block % 4 == 3 ? 8 : 0
            entry[2] = UInt8(block)
            bench.post(entry, block: block)
        }
        bench.write(word: 16, at: 0x6_0100)
        bench.write(word: 16, at: 0x6_0104)
        bench.ring(16)
        bench.nic.sendQueueDoorbell(
            2, function: bench.function, at: bench.queue.now, platform: &bench.platform)
        bench.run()
        let order = (0..<8).map { bench.sendCompletion($0)[0x3b] }
        // Queue 1 is back in line before queue 2's doorbell record has been read; from then on they alternate.
        #expect(order == [1, 1, 2, 1, 2, 1, 2, 2])
    }

    @Test func framesOfOnePortLeaveOneBehindTheOther() {
        let bench = Bench.sender()
        bench.write(SendTests.plain, at: Bench.data)
        for block in 0..<8 {
            var entry = SendTests.entry
            entry[2] = UInt8(block)
            entry[11] = 0
            bench.post(entry, block: block)
        }
        bench.ring(8, hint: 7)
        bench.run()
        // 84 bytes on the wire at 80 ps each.
        for (first, second) in zip(bench.sent, bench.sent.dropFirst()) {
            #expect(second.time.picoseconds - first.time.picoseconds >= 6720)
        }
    }

    @Test func aQueueInResetHearsNoDoorbell() {
        let bench = Bench.sender()
        bench.nic.setSendQueueState(
            .reset, of: 1, function: bench.function, at: .zero, platform: &bench.platform, medium: &bench.medium)
        bench.post(SendTests.entry, block: 0)
        bench.ring(1)
        bench.run()
        #expect(bench.sent.isEmpty)
    }

    @Test func aDriverThatMovesTheQueueToErrorGetsItsEntriesBack() {
        let bench = Bench.sender()
        bench.write(SendTests.plain, at: Bench.data)
        bench.post(SendTests.entry, block: 0)
        bench.ring(1)
        bench.run()
        bench.nic.setSendQueueState(
            .error, of: 1, function: bench.function, at: bench.queue.now, platform: &bench.platform,
            medium: &bench.medium)
        var entry = SendTests.entry
        entry[2] = 1
        bench.post(entry, block: 1)
        bench.ring(2)
        bench.run()
        #expect(bench.sendCompletion(1)[0x37] == 0x05)
        #expect(bench.sendCompletion(1)[0x3c...] == [0, 1, 0xff, 0xd0])
    }

    @Test(arguments: [100, 500, 900, 1300, 1500, 1700] as [UInt64])
    func resettingTheFunctionAtAnyTimeBalancesTheBooks(nanoseconds: UInt64) {
        let bench = Bench.sender()
        bench.write(SendTests.plain, at: Bench.data)
        for block in 0..<16 {
            var entry = SendTests.entry
            entry[2] = UInt8(block)
            bench.post(entry, block: block)
        }
        bench.ring(16)
        bench.run(until: .zero + .nanoseconds(nanoseconds))
        bench.nic.reset(bench.function, at: bench.queue.now, medium: &bench.medium)
        bench.run()
        #expect(bench.isBalanced)
        let dropped = bench.medium.frames.dropped(for: .functionReset).frames
        #expect(bench.medium.frames.born.frames == UInt64(bench.sent.count) + dropped)
        #expect(bench.nic.ports[0].bufferedByteCount == 0)
    }
}
