import Simulation
import Testing

struct TapLogTests {
    private struct Seen: Equatable {
        var time: UInt64
        var serial: UInt64
        var original: UInt32
        var point: UInt8
        var direction: TapDirection
        var dropped: DropReason?
        var bytes: [UInt8]
    }

    private func drain(_ log: inout TapLog) -> [Seen] {
        var seen: [Seen] = []
        log.drain { header, bytes in
            seen.append(
                Seen(
                    time: header.time.picoseconds, serial: header.serial, original: header.originalByteCount,
                    point: header.point.index, direction: header.direction, dropped: header.dropReason,
                    bytes: Array(bytes)))
        }
        return seen
    }

    @Test func givesBackWhatWasRecordedInOrderWhileItGrows() {
        var log = TapLog()
        log.enabledPoints = TapPointSet((0...255).map { TapPoint(index: $0) })
        var random = SplitMix(seed: 3)
        var expected: [Seen] = []
        // About 4 MiB: the log starts with 1.
        for serial in 0..<1_000 as Range<UInt64> {
            let bytes = (0..<Int(random.next(below: 9_000))).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            let point = TapPoint(index: UInt8(serial % 64))
            let direction: TapDirection = serial % 2 == 0 ? .inbound : .outbound
            let reason = serial % 3 == 0 ? DropReason.allCases[Int(serial) % DropReason.allCases.count] : nil
            bytes.withUnsafeBytes {
                log.record(
                    $0, serial: serial, at: point, direction, time: SimTime(picoseconds: serial * 7), dropped: reason)
            }
            expected.append(
                Seen(
                    time: serial * 7, serial: serial, original: UInt32(bytes.count), point: point.index,
                    direction: direction, dropped: reason, bytes: bytes))
        }
        #expect((log.byteCount) > 4 << 20)
        let seen = drain(&log)
        #expect(seen == expected)
        #expect((log.byteCount) == 0)
        #expect(drain(&log).isEmpty)
    }

    @Test func recordsOnlyPointsThatWereAskedFor() {
        var log = TapLog()
        log.enabledPoints = TapPointSet([TapPoint(index: 63), TapPoint(index: 2)])
        for index in 0..<64 as Range<UInt8> {
            [index].withUnsafeBytes {
                log.record($0, serial: 0, at: TapPoint(index: index), .inbound, time: .zero)
            }
        }
        #expect(drain(&log).map(\.bytes) == [[2], [63]])
    }

    @Test func eachOf256PointsIsAPointOfItsOwn() {
        var log = TapLog()
        log.enabledPoints = TapPointSet([64, 127, 128, 255].map { TapPoint(index: $0) })
        for index in UInt8.min...UInt8.max {
            for _ in 0...Int(index) {
                [index].withUnsafeBytes {
                    log.record($0, serial: UInt64(index), at: TapPoint(index: index), .outbound, time: .zero)
                }
            }
        }
        var counts: [UInt8: Int] = [:]
        for seen in drain(&log) {
            #expect(seen.bytes == [seen.point])
            counts[seen.point, default: 0] += 1
        }
        #expect(counts == [64: 65, 127: 128, 128: 129, 255: 256])
        // What passes is counted at every point, captured or not.
        for index in UInt8.min...UInt8.max {
            let tally = log.tally(TapPoint(index: index), .outbound)
            let other = log.tally(TapPoint(index: index), .inbound)
            #expect(tally.frames == UInt64(index) + 1 && other.frames == 0)
        }
    }

    @Test func keepsTheLengthOfAFrameThatItCuts() {
        var log = TapLog()
        log.enabledPoints = TapPointSet([TapPoint(index: 0)])
        log.snapshotByteCount = 3
        var pool = FramePool()
        let frame = pool.create(byteCount: 5, journey: Journey(birth: .zero))
        pool.bytes(frame).copyBytes(from: [1, 2, 3, 4, 5])
        log.record(frame, of: pool, at: TapPoint(index: 0), .outbound, time: .zero, dropped: .portDown)
        pool.resize(frame, to: 2)
        log.record(frame, of: pool, at: TapPoint(index: 0), .outbound, time: .zero)
        let seen = drain(&log)
        #expect(seen.map(\.bytes) == [[1, 2, 3], [1, 2]])
        #expect(seen.map(\.original) == [5, 2])
        #expect(seen.map(\.serial) == [1, 1])
        #expect(seen.map(\.dropped) == [.portDown, nil])
    }

    @Test func anErrorWhileDrainingEndsItAndEmptiesTheLog() {
        struct Full: Error {}
        var log = TapLog()
        log.enabledPoints = TapPointSet([TapPoint(index: 0)])
        for _ in 0..<3 {
            [9].withUnsafeBytes { log.record($0, serial: 0, at: TapPoint(index: 0), .inbound, time: .zero) }
        }
        var count = 0
        #expect(throws: Full.self) {
            try log.drain { (_, _) throws(Full) in
                count += 1
                if count == 2 { throw Full() }
            }
        }
        #expect(count == 2)
        #expect((log.byteCount) == 0)
    }
}
