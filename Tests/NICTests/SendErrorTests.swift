import Host
import NIC
import Simulation
import Testing
import Wire

/// What a driver can do wrong to a send queue, and what it gets for it (native interface, section 5.3).
struct SendErrorTests {
    /// An error completion of queue 1: syndrome at 0x37, opcode of the entry and queue at 0x38, index at 0x3c,
    /// opcode 13 at 0x3f.
    private func expectError(_ bench: Bench, _ index: Int, syndrome: UInt8, counter: UInt8, owner: UInt8 = 0) {
        let completion = bench.sendCompletion(index)
        #expect(completion[0x37] == syndrome)
        #expect(Array(completion[0x39..<0x3c]) == [0, 0, 1])
        #expect(Array(completion[0x3c..<0x3e]) == [0, counter])
        #expect(completion[0x3f] == 0xd0 | owner)
    }

    private func failing(_ change: (inout [UInt8]) -> Void) -> Bench {
        let bench = Bench.sender()
        var bad = SendTests.entry
        change(&bad)
        bench.write(SendTests.plain, at: Bench.data)
        bench.post(bad, block: 0)
        var second = SendTests.entry
        second[2] = 1
        bench.post(second, block: 1)
        bench.ring(2)
        bench.run()
        return bench
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let syndrome: UInt8
        let change: @Sendable (inout [UInt8]) -> Void
    }

    static let faults: [Fault] = [
        Fault(testDescription: "no segments", syndrome: 2) { $0[7] = 0 },
        Fault(testDescription: "beyond what was posted", syndrome: 2) { $0[7] = 0x3f },
        Fault(testDescription: "unknown opcode", syndrome: 2) { $0[3] = 0x77 },
        Fault(testDescription: "an RDMA write", syndrome: 2) { $0[3] = 0x08 },
        Fault(testDescription: "control segment only", syndrome: 2) { $0[7] = 1 },
        Fault(testDescription: "inline header past the end", syndrome: 1) { $0[29] = 200 },
        Fault(testDescription: "inline data past the end", syndrome: 1) {
            $0[32] = 0x80; $0[34] = 3
        },
        Fault(testDescription: "shorter than an Ethernet header", syndrome: 1) { $0[35] = 13 },
        Fault(testDescription: "longer than the port can send", syndrome: 1) { $0[34] = 0x30 },
        Fault(testDescription: "two gigabytes", syndrome: 1) { $0[32] = 0x7f },
        Fault(testDescription: "a key that does not exist", syndrome: 4) { $0[37] = 0x40 },
        Fault(testDescription: "the wrong low byte of the key", syndrome: 4) { $0[39] = 0x12 },
        Fault(testDescription: "an address that wraps", syndrome: 4) { for place in 40..<48 { $0[place] = 0xff } },
        Fault(testDescription: "an address without memory", syndrome: 4) { $0[40] = 0x10 },
        Fault(testDescription: "a large send without a header", syndrome: 2) {
            $0[3] = 0x0e; $0[23] = 100
        },
    ]

    @Test(arguments: faults) func aBadEntryStopsTheQueue(_ fault: Fault) {
        let bench = failing(fault.change)
        #expect(bench.sent.isEmpty)
        expectError(bench, 0, syndrome: fault.syndrome, counter: 0)
        #expect(bench.resources.sendQueues[1].state == .error)
        #expect(bench.isBalanced)
    }

    @Test func entriesBehindABadOneAreFlushed() {
        let bench = failing { $0[39] = 0x12 }
        expectError(bench, 0, syndrome: 4, counter: 0)
        expectError(bench, 1, syndrome: 5, counter: 1)
        #expect(bench.sendCompletion(2)[0x3f] == 0xf1)
    }

    /// `flush_in_error_en` 0: what is behind a bad entry is not completed (native interface, section 6.2).
    @Test func withoutFlushingEntriesBehindABadOneStayWhereTheyAre() {
        let bench = Bench()
        bench.makeKey()
        bench.makeEventQueue()
        bench.makeCompletionQueue(at: Bench.sendCompletions, record: 0x6_0080)
        bench.makeSendQueue { $0.set(SQContext.flushInErrorEn, 0) }
        var bad = SendTests.entry
        bad[39] = 0x12
        bench.post(bad, block: 0)
        var second = SendTests.entry
        second[2] = 1
        bench.post(second, block: 1)
        bench.ring(2)
        bench.run()
        expectError(bench, 0, syndrome: 4, counter: 0)
        #expect(bench.sendCompletion(1)[0x3f] == 0xf1)
        // Not when the doorbell rings again, either.
        bench.ring(2)
        bench.run()
        #expect(bench.sendCompletion(1)[0x3f] == 0xf1)
        #expect(bench.resources.sendQueues[1].state == .error)
        #expect(bench.isBalanced)
    }

    @Test func aKeyOfAnotherDomainIsRefused() {
        let bench = Bench()
        bench.makeKey(domain: 8)
        bench.makeCompletionQueue(at: Bench.sendCompletions, record: 0x6_0080)
        bench.makeSendQueue()
        bench.post(SendTests.entry, block: 0)
        bench.ring(1)
        bench.run()
        expectError(bench, 0, syndrome: 4, counter: 0)
    }

    @Test func aKeyWithoutLocalReadIsRefused() {
        let bench = Bench()
        bench.makeKey(flags: [MKeyContext.lw])
        bench.makeCompletionQueue(at: Bench.sendCompletions, record: 0x6_0080)
        bench.makeSendQueue()
        bench.post(SendTests.entry, block: 0)
        bench.ring(1)
        bench.run()
        expectError(bench, 0, syndrome: 4, counter: 0)
    }

    @Test func memoryOutsideTheDomainIsAFaultAndACountedDrop() throws {
        var domain = IOMMUDomain()
        try domain.map(0, to: 0, byteCount: 0x10_0000, [.read, .write])
        let bench = Bench(.default, domain: domain)
        bench.makeKey()
        bench.makeCompletionQueue(at: Bench.sendCompletions, record: 0x6_0080)
        bench.makeSendQueue()
        bench.post(SendTests.entry, block: 0)
        bench.ring(1)
        bench.run()
        expectError(bench, 0, syndrome: 4, counter: 0)
        #expect(bench.medium.frames.dropped(for: .sendMemoryFault).frames == 1)
        #expect(bench.host.takeFault(of: bench.function)?.address == Bench.data)
    }

    @Test func aCounterThatJumpsPastTheRingIsAnEvent() {
        let bench = Bench.sender()
        bench.ring(17)
        bench.run()
        let event = bench.event(0)
        #expect(event[1] == 0x05)
        #expect(event[0x34] == 2)
        #expect(Array(event[0x38..<0x3c]) == [0, 0, 0, 1])
        #expect(event[0x3f] == 0)
        #expect(bench.resources.sendQueues[1].state == .error)
        #expect(bench.interrupts.map(\.vector) == [0x31])
    }

    @Test func theReservedKeyNeedsPermission() {
        for isPermitted in [true, false] {
            let bench = Bench()
            bench.makeCompletionQueue(at: Bench.sendCompletions, record: 0x6_0080)
            bench.makeSendQueue(reservedKey: isPermitted)
            bench.write(SendTests.plain, at: Bench.data)
            var entry = SendTests.entry
            entry.replaceSubrange(36..<40, with: [0, 0, 0xff, 0])
            bench.post(entry, block: 0)
            bench.ring(1)
            bench.run()
            #expect(bench.sent.count == (isPermitted ? 1 : 0))
        }
    }
}
