import NIC
import Simulation
import Testing

@Suite struct PCIeTimelineTests {
    @Test func requestsInOrderFollowEachOther() {
        var timeline = Timeline(shortestUse: 1)
        #expect(timeline.reserve(10, from: 0) == 0)
        #expect(timeline.reserve(10, from: 0) == 10)
        #expect(timeline.reserve(10, from: 50) == 50)
        #expect(timeline.busyUntil == 60)
    }

    @Test func aRequestTakesTheFirstGapThatIsLongEnough() {
        var timeline = Timeline(shortestUse: 1)
        _ = timeline.reserve(10, from: 100)
        _ = timeline.reserve(10, from: 120)
        #expect(timeline.reserve(20, from: 0) == 0)
        #expect(timeline.reserve(90, from: 0) == 130)
        #expect(timeline.reserve(10, from: 105) == 110)
        #expect(timeline.reserve(80, from: 15) == 20)
        #expect(timeline.reserve(1, from: 0) == 220)
    }

    /// The obvious model: every picosecond is free or taken.
    private struct Obvious {
        var taken = Array(repeating: false, count: 12_000)
        mutating func reserve(_ duration: Int, from time: Int) -> Int {
            var start = time
            var length = 0
            while length < duration {
                if taken[start + length] {
                    start += length + 1
                    length = 0
                } else {
                    length += 1
                }
            }
            for moment in start..<(start + duration) { taken[moment] = true }
            return start
        }
    }

    @Test(arguments: 0..<8 as Range<UInt64>)
    func agreesWithAMapOfEveryPicosecond(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var timeline = Timeline(shortestUse: 1)
        var obvious = Obvious()
        for step in 0..<250 {
            let time = Int(random.next(below: 40)) + step * 20 + (step % 3 == 0 ? 600 : 0)
            let duration = 1 + Int(random.next(below: 30))
            let start = timeline.reserve(UInt64(duration), from: UInt64(time))
            #expect(Int(start) == obvious.reserve(duration, from: time), "step \(step)")
        }
    }

    @Test func nothingStartsBeforeWhatWasGivenUp() {
        var timeline = Timeline(shortestUse: 1)
        _ = timeline.reserve(10, from: 100)
        timeline.advance(to: 50)
        #expect(timeline.reserve(10, from: 0) == 50)
    }

    @Test func manyIntervalsApartAreBoundedAndOnlyDelay() {
        var timeline = Timeline(shortestUse: 1)
        for index in 0..<10_000 as Range<UInt64> { _ = timeline.reserve(1, from: index * 10) }
        let start = timeline.reserve(1, from: 0)
        #expect(start > 0 && start < 100_000)
    }

    @Test func theTagThatIsFreeFirstIsTakenFirst() {
        var tags = LinkTags(count: 3)
        for time in [50, 20, 40] as [UInt64] { tags.takeEarliest(until: time) }
        #expect(tags.earliest == 20)
        tags.takeEarliest(until: 60)
        #expect(tags.earliest == 40)
        tags.takeEarliest(until: 45)
        #expect(tags.earliest == 45)
    }
}
