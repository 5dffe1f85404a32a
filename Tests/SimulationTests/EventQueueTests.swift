import Simulation
import Testing

struct EventQueueTests {
    @Test(arguments: 0..<64 as Range<UInt64>)
    func popsInTheOrderOfAStableSort(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let bound: UInt64 = [50, 5_000, 5_000_000, 5_000_000_000_000][Int(seed % 4)]
        let times = (0..<500).map { _ in random.next(below: bound) }
        var queue = EventQueue<UInt32>(expectedCount: 8)
        for (index, time) in times.enumerated() { queue.schedule(UInt32(index), at: SimTime(picoseconds: time)) }
        var popped: [Int] = []
        while let event = queue.popNext() {
            popped.append(Int(event))
            #expect(queue.now.picoseconds == times[Int(event)])
        }
        #expect(popped == times.indices.sorted { (times[$0], $0) < (times[$1], $1) })
    }

    @Test(arguments: DelayPattern.allCases, 0..<6 as Range<UInt64>)
    func agreesWithTheObviousQueueWhateverTheDelays(pattern: DelayPattern, seed: UInt64) {
        var random = SplitMix(seed: seed)
        var queue = EventQueue<UInt32>(expectedCount: 0)
        var model = QueueModel()
        let target = [1, 7, 60, 300, 90, 20][Int(seed)]
        for step in 0..<3_000 {
            // Below the target mostly schedule, above it mostly pop; every 700 steps let everything pop.
            let isDraining = step % 700 > 640
            let schedules = random.next(below: 100) < (isDraining ? 5 : model.count < target ? 70 : 40)
            if schedules {
                let time = model.now &+ pattern.delay(step, now: model.now, &random)
                queue.schedule(UInt32(step), at: SimTime(picoseconds: time))
                model.schedule(UInt32(step), at: time)
            } else if random.next(below: 4) == 0 {
                let limit = model.now &+ random.next(below: 20_000)
                let event = queue.popNext(until: SimTime(picoseconds: limit))
                #expect(event == model.popNext(until: limit), "step \(step)")
            } else {
                let event = queue.popNext()
                #expect(event == model.popNext(), "step \(step)")
            }
            guard queue.count == model.count, queue.now.picoseconds == model.now else {
                Issue.record("count or time differ at step \(step)")
                return
            }
            if step % 16 == 0 { #expect(queue.nextTime?.picoseconds == model.nextTime) }
        }
    }

    @Test(arguments: DelayPattern.allCases)
    func keepsOrderAcrossManyRebuildsOfTheWheel(pattern: DelayPattern) {
        // The rhythm changes every 4,000 events, by factors of a thousand, with many events pending; the order is
        // checked by what it means: no time before the last, and within a time no sequence before the last.
        var random = SplitMix(seed: 5)
        var queue = EventQueue<UInt64>(expectedCount: 16)
        var sequence: UInt64 = 0
        var pending = 0
        var last: (time: UInt64, sequence: UInt64) = (0, 0)
        var faults = 0
        for step in 0..<60_000 {
            let size = [3_000, 20, 700, 6_000][(step / 8_000) % 4]
            let scale: UInt64 = [1, 1_000, 1_000_000][(step / 4_000) % 3]
            while pending < size {
                let delay = pattern.delay(Int(sequence % 1_000), now: queue.now.picoseconds, &random) % (1 << 44)
                queue.schedule(sequence, after: .picoseconds(delay * scale))
                sequence += 1
                pending += 1
            }
            guard let popped = queue.popNext() else { break }
            pending -= 1
            let time = queue.now.picoseconds
            if time < last.time || (time == last.time && popped < last.sequence) { faults += 1 }
            last = (time, popped)
        }
        #expect(faults == 0)
        #expect(queue.count == pending)
        while queue.popNext() != nil { pending -= 1 }
        #expect(pending == 0)
    }

    @Test func popsEverythingOnceWhenAllEventsShareOneTime() {
        var queue = EventQueue<UInt32>(expectedCount: 4)
        for index in 0..<10_000 as Range<UInt32> { queue.schedule(index, at: SimTime(picoseconds: 12_345)) }
        var popped: [UInt32] = []
        while let event = queue.popNext() {
            popped.append(event)
            if popped.count <= 100 { queue.schedule(10_000 + event, after: .zero) }
        }
        #expect(popped == Array(0..<10_100))
        #expect(queue.now.picoseconds == 12_345)
    }

    @Test func anEventForThePastHappensNowAfterTheOthersOfNow() {
        var queue = EventQueue<UInt32>(expectedCount: 4)
        queue.schedule(1, at: SimTime(picoseconds: 500))
        queue.schedule(2, at: SimTime(picoseconds: 500))
        #expect(queue.popNext() == 1)
        queue.schedule(3, at: SimTime(picoseconds: 499))
        #expect(queue.popNext() == 2)
        #expect(queue.popNext() == 3)
        #expect(queue.now.picoseconds == 500)
    }

    @Test func popsAfterALongIdleTime() {
        var queue = EventQueue<UInt32>(expectedCount: 4)
        for round in 0..<50 as Range<UInt32> {
            for index in 0..<100 as Range<UInt32> {
                queue.schedule(round * 100 + index, after: .picoseconds(UInt64(index) * 80))
            }
            for index in 0..<100 as Range<UInt32> { #expect(queue.popNext() == round * 100 + index) }
            #expect(queue.popNext() == nil)
            queue.schedule(9, after: .milliseconds(3_600_000))
            #expect(queue.popNext() == 9)
        }
        #expect(queue.isEmpty == true)
    }

    @Test func keepsOrderUpToTheLastPicosecondThereIs() {
        var queue = EventQueue<UInt32>(expectedCount: 4)
        let last = UInt64.max
        queue.schedule(5, at: .never)
        queue.schedule(4, at: SimTime(picoseconds: last - 1))
        queue.schedule(1, at: SimTime(picoseconds: last - 10_000))
        queue.schedule(0, at: SimTime(picoseconds: 1 << 63))
        queue.schedule(6, at: .never)
        queue.schedule(3, at: SimTime(picoseconds: last - 2))
        #expect(queue.popNext() == 0)
        #expect(queue.popNext(until: SimTime(picoseconds: last - 10_001)) == nil)
        #expect(queue.popNext() == 1)
        queue.schedule(2, at: SimTime(picoseconds: last - 3))
        for expected in 2...4 as ClosedRange<UInt32> { #expect(queue.popNext() == expected) }
        #expect(queue.popNext(until: SimTime(picoseconds: last - 1)) == nil)
        #expect(queue.popNext() == 5)
        queue.schedule(7, at: .never)
        queue.schedule(8, at: SimTime(picoseconds: 3))
        for expected in 6...8 as ClosedRange<UInt32> { #expect(queue.popNext() == expected) }
        #expect(queue.popNext() == nil)
        #expect(queue.now == .never)
    }

    @Test func popsUntilALimitAndThenAcceptsEarlierEvents() {
        var queue = EventQueue<UInt32>(expectedCount: 4)
        // One bucket with several events, behind the limit: looking at it must not close the time before it.
        for event in 10..<14 as Range<UInt32> { queue.schedule(event, at: SimTime(picoseconds: 4_000 + UInt64(event))) }
        #expect(queue.popNext(until: SimTime(picoseconds: 4_005)) == nil)
        #expect(queue.popNext(until: SimTime(picoseconds: 4_009)) == nil)
        #expect(queue.now == .zero)
        queue.schedule(1, at: SimTime(picoseconds: 7))
        queue.schedule(2, at: SimTime(picoseconds: 4_003))
        queue.schedule(3, at: SimTime(picoseconds: 4_096))
        var popped: [UInt32] = []
        while let event = queue.popNext(until: SimTime(picoseconds: 5_000)) { popped.append(event) }
        #expect(popped == [1, 2, 10, 11, 12, 13, 3])
        #expect(queue.popNext(until: .never) == nil)
    }
}
