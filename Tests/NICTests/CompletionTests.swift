import Host
import NIC
import Simulation
import Testing
import Wire

/// Completion and event queues: owner bits, arming, moderation, overruns (native interface, section 5.4).
struct CompletionTests {
    /// A sender whose completion queue `change` has altered.
    private func sender(logSize: UInt32 = 4, _ change: (inout Record) -> Void = { _ in }) -> Bench {
        let bench = Bench()
        bench.makeKey()
        bench.makeEventQueue(logSize: 2)
        bench.makeCompletionQueue(at: Bench.sendCompletions, record: 0x6_0080, logSize: logSize, change)
        bench.makeSendQueue()
        bench.write(SendTests.plain, at: Bench.data)
        for block in 0..<16 {
            var entry = SendTests.entry
            entry[2] = UInt8(block)
            bench.post(entry, block: block)
        }
        return bench
    }

    private func arm(_ bench: Bench, consumer: UInt32 = 0, solicitedOnly: Bool = false) {
        bench.nic.armCompletionQueue(
            1, function: bench.function, consumer: consumer, solicitedOnly: solicitedOnly, at: bench.queue.now,
            platform: &bench.platform)
        bench.run()
    }

    private func send(_ bench: Bench, upTo counter: UInt32) {
        bench.ring(counter)
        bench.run()
    }

    /// Number of events written.
    private func eventCount(_ bench: Bench) -> UInt32 { bench.resources.eventQueues[0].producer }

    @Test func withoutArmingThereIsNoEvent() {
        let bench = sender()
        send(bench, upTo: 3)
        #expect(eventCount(bench) == 0)
        #expect(bench.sendCompletion(2)[0x3d] == 2)
    }

    @Test func oneArmingGivesOneEventAndOneInterrupt() {
        let bench = sender()
        arm(bench)
        send(bench, upTo: 3)
        #expect(eventCount(bench) == 1)
        #expect(bench.interrupts.map(\.vector) == [0x31])
        #expect(bench.resources.completionQueues[1].arm == .fired)
    }

    @Test func aCompletionThatIsThereAlreadyRaisesTheEventAtArming() {
        let bench = sender()
        send(bench, upTo: 1)
        arm(bench)
        #expect(eventCount(bench) == 1)
    }

    @Test func aCompletionThatWasConsumedDoesNot() {
        let bench = sender()
        send(bench, upTo: 1)
        arm(bench, consumer: 1)
        #expect(eventCount(bench) == 0)
        send(bench, upTo: 2)
        #expect(eventCount(bench) == 1)
    }

    @Test func armedForSolicitedOnesOthersDoNotCount() {
        let bench = sender()
        arm(bench, solicitedOnly: true)
        send(bench, upTo: 2)
        #expect(eventCount(bench) == 0)
        var entry = SendTests.entry
        entry[2] = 2
        entry[11] = 0x0c
        bench.post(entry, block: 2)
        send(bench, upTo: 3)
        #expect(eventCount(bench) == 1)
    }

    @Test func anErrorCountsAsSolicited() {
        let bench = sender()
        arm(bench, solicitedOnly: true)
        var entry = SendTests.entry
        entry[39] = 0x12
        bench.post(entry, block: 0)
        send(bench, upTo: 1)
        #expect(eventCount(bench) == 1)
    }

    @Test func moderationWaitsForItsCount() {
        let bench = sender { context in
            context.set(CQContext.cqPeriod, 1000)
            context.set(CQContext.cqMaxCount, 3)
            context.set(CQContext.cqPeriodMode, 1)
        }
        arm(bench)
        bench.ring(2)
        bench.run(until: .zero + .microseconds(500))
        #expect(eventCount(bench) == 0)
        bench.ring(3)
        bench.run(until: .zero + .microseconds(600))
        #expect(eventCount(bench) == 1)
    }

    @Test func moderationEndsWithItsPeriod() {
        let bench = sender { context in
            context.set(CQContext.cqPeriod, 16)
            context.set(CQContext.cqMaxCount, 100)
            context.set(CQContext.cqPeriodMode, 1)
        }
        arm(bench)
        bench.ring(2)
        bench.run(until: .zero + .microseconds(15))
        #expect(eventCount(bench) == 0)
        bench.run(until: .zero + .microseconds(25))
        #expect(eventCount(bench) == 1)
    }

    @Test func largeEntriesHoldTheCompletionInTheirUpperHalf() {
        let bench = sender { $0.set(CQContext.cqeSz, 1) }
        send(bench, upTo: 2)
        #expect(bench.read(128, at: Bench.sendCompletions)[0x78...] == [0x0a, 0, 0, 1, 0, 0, 0xff, 0])
        #expect(bench.read(128, at: Bench.sendCompletions + 128)[0x78...] == [0x0a, 0, 0, 1, 0, 1, 0xff, 0])
    }

    @Test func aCollapsedQueueHasOneEntry() {
        let bench = sender { $0.set(CQContext.cc, 1) }
        send(bench, upTo: 3)
        #expect(bench.sendCompletion(0)[0x3d] == 2)
        #expect(bench.sendCompletion(1)[0x3f] == 0xf1)
    }

    @Test func theConsumerIndexInMemoryMakesRoom() {
        let bench = sender(logSize: 1)
        for round in 0..<3 {
            send(bench, upTo: UInt32(round * 2 + 2))
            bench.write(word: UInt32(round * 2 + 2), at: 0x6_0080)
        }
        #expect(bench.resources.completionQueues[1].status == .ok)
        #expect(bench.sendCompletion(1)[0x3d...] == [5, 0xff, 0x00])
    }

    @Test func anOverrunThatIsIgnoredOverwrites() {
        let bench = sender(logSize: 1) { $0.set(CQContext.oi, 1) }
        send(bench, upTo: 4)
        #expect(bench.sendCompletion(1)[0x3d...] == [3, 0xff, 0x01])
        #expect(bench.resources.completionQueues[1].status == .ok)
    }

    @Test func anEventQueueThatIsFullFails() {
        let bench = sender()
        for number in 1...5 as ClosedRange<UInt32> {
            bench.nic.raise(.nicVportChange(vport: UInt16(number)), to: bench.function, at: bench.queue.now)
        }
        bench.run()
        #expect(eventCount(bench) == 4)
        #expect(bench.resources.eventQueues[0].status == .overflow)
        #expect(bench.nic.functions[0].vport.counters.asyncEventQueueOverruns == 1)
    }

    @Test func armingAnEventQueueWithEntriesInterruptsAtOnce() {
        let bench = sender()
        for _ in 0..<2 { bench.nic.raise(.commandsDone(1), to: bench.function, at: bench.queue.now) }
        bench.run()
        #expect(bench.interrupts.count == 1)
        bench.nic.updateEventQueue(
            0, function: bench.function, consumer: 1, arms: true, at: bench.queue.now)
        bench.run()
        #expect(bench.interrupts.count == 2)
        bench.nic.updateEventQueue(
            0, function: bench.function, consumer: 2, arms: true, at: bench.queue.now)
        bench.run()
        #expect(bench.interrupts.count == 2)
    }
}
