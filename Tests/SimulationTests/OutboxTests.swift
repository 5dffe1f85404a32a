import Simulation
import Testing

struct OutboxTests {
    @Test func handsOverInOrderOfAppendingNotOfTime() {
        var outbox = Outbox<UInt16>(capacity: 2)
        let times: [UInt64] = [30, 10, 20, 10, 0]
        for (index, time) in times.enumerated() {
            outbox.schedule(UInt16(index), at: SimTime(picoseconds: time))
        }
        #expect((outbox.count) == 5)
        let third = outbox[2]
        #expect(third.time == SimTime(picoseconds: 20) && third.event == 2)
        var drained: [UInt64] = []
        var events: [UInt16] = []
        outbox.drain { time, event in
            drained.append(time.picoseconds)
            events.append(event)
        }
        #expect(drained == times)
        #expect(events == [0, 1, 2, 3, 4])
        #expect((outbox.isEmpty) == true)
        outbox.drain { _, _ in Issue.record("drained twice") }
    }

    @Test func emptiedWithoutAskingItHoldsNothing() {
        var outbox = Outbox<UInt16>()
        outbox.schedule(1, at: .zero)
        outbox.removeAll()
        #expect((outbox.count) == 0)
    }
}
