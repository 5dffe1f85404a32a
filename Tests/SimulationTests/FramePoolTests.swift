import Simulation
import Testing

struct FramePoolTests {
    private func tally(_ frames: UInt64, _ bytes: UInt64) -> FramePool.Tally {
        var tally = FramePool.Tally()
        tally.frames = frames
        tally.bytes = bytes
        return tally
    }

    @Test func theBooksSayWhatWasBornDeliveredAndDropped() {
        var pool = FramePool()
        let first = pool.create(byteCount: 60, journey: Journey(birth: .zero))
        let second = pool.create(byteCount: 1_514, journey: Journey(birth: .zero))
        let third = pool.create(byteCount: 9_014, journey: Journey(birth: .zero))
        let fourth = pool.create(byteCount: 0, journey: Journey(birth: .zero))
        #expect(pool.inFlightCount == 4)
        pool.deliver(second)
        pool.drop(first, .steeringMiss)
        pool.drop(third, .noSwitchRule)
        #expect((pool.inFlightCount) == 1)
        pool.drop(fourth, .steeringMiss)
        let (born, delivered, total) = (pool.born, pool.delivered, pool.droppedTotal)
        #expect(born == tally(4, 10_588))
        #expect(delivered == tally(1, 1_514))
        #expect(pool.dropped(for: .steeringMiss) == tally(2, 60))
        #expect(pool.dropped(for: .noSwitchRule) == tally(1, 9_014))
        #expect(pool.dropped(for: .portDown) == tally(0, 0))
        #expect(total == tally(3, 9_074))
        #expect((pool.inFlightCount) == 0)
    }

    @Test func aChangedLengthIsABirthOfTheNewLength() {
        var pool = FramePool()
        let frame = pool.create(byteCount: 100, journey: Journey(birth: .zero))
        pool.resize(frame, to: 104)
        #expect(pool.bytes(frame).count == 104)
        pool.resize(frame, to: 96)
        pool.deliver(frame)
        let (born, delivered) = (pool.born, pool.delivered)
        #expect(born == tally(1, 96))
        #expect(delivered == tally(1, 96))
    }

    @Test func aSlotIsUsedAgainLastInFirstOut() {
        var pool = FramePool()
        let frames = (0..<5).map { _ in pool.create(byteCount: 64, journey: Journey(birth: .zero)) }
        #expect(Set(frames).count == 5)
        pool.deliver(frames[1])
        pool.drop(frames[3], .portDown)
        #expect(pool.create(byteCount: 64, journey: Journey(birth: .zero)) == frames[3])
        #expect(pool.create(byteCount: 64, journey: Journey(birth: .zero)) == frames[1])
    }

    @Test func framesAreNumberedInOrderOfBirthWhateverTheirSlot() {
        var pool = FramePool()
        var serials: [UInt64] = []
        for _ in 0..<4 {
            let frame = pool.create(byteCount: 64, journey: Journey(birth: .zero))
            serials.append(pool[frame].serial)
            pool.deliver(frame)
        }
        #expect(serials == [1, 2, 3, 4])
    }

    @Test func aFramesBytesStayWhereTheyAreWhileThePoolGrows() {
        var pool = FramePool()
        let first = pool.create(byteCount: 16_384, journey: Journey(birth: .zero))
        pool.bytes(first)[0] = 0xab
        pool.bytes(first)[16_383] = 0xcd
        let address = pool.bytes(first).baseAddress
        // A chunk holds 128 slots: this makes four more.
        let others = (0..<600).map { _ in pool.create(byteCount: 16_384, journey: Journey(birth: .zero)) }
        for (index, frame) in others.enumerated() {
            pool.bytes(frame)[0] = UInt8(truncatingIfNeeded: index)
            pool.bytes(frame)[16_383] = UInt8(truncatingIfNeeded: index >> 8)
        }
        #expect(pool.bytes(first).baseAddress == address)
        #expect(pool.bytes(first)[0] == 0xab && pool.bytes(first)[16_383] == 0xcd)
        for (index, frame) in others.enumerated() {
            let read = Int(pool.bytes(frame)[0]) | Int(pool.bytes(frame)[16_383]) << 8
            #expect(read == index)
        }
    }

    @Test func aJourneyTravelsWithItsFrameAndIsFoundUnderItsTag() {
        var pool = FramePool()
        let birth = SimTime(picoseconds: 77)
        let frame = pool.create(byteCount: 64, journey: Journey(birth: birth))
        pool[frame].journey.spend(on: .wire, until: SimTime(picoseconds: 100))
        let tag = pool.park(pool[frame].journey)
        pool.deliver(frame)
        let parked = pool.parkedJourney(tag)
        #expect(tag != 0)
        #expect(parked?.birth == birth)
        #expect(parked?.spent[Int(Stage.wire.rawValue)] == 23)
        #expect(pool.parkedJourney(0) == nil)
        #expect(pool.parkedJourney(tag + 1) == nil)
        // 65,536 journeys later the place is another's.
        for _ in 0..<65_536 { _ = pool.park(Journey(birth: .zero)) }
        #expect(pool.parkedJourney(tag) == nil)
    }

    @Test func `a journey is taken once, and its place is used again under another tag`() {
        var pool = FramePool()
        let birth = SimTime(picoseconds: 7)
        let tag = pool.park(Journey(birth: birth))
        #expect(pool.takeParkedJourney(tag)?.birth == birth)
        #expect(pool.takeParkedJourney(tag) == nil)
        let next = pool.park(Journey(birth: .zero))
        #expect(next != tag && next & 0xffff == tag & 0xffff)
        #expect(pool.parkedJourney(tag) == nil)
        #expect(pool.parkedJourney(next)?.birth == .zero)
        #expect(pool.takeParkedJourney(0) == nil)
    }
}
