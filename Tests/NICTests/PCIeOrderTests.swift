import NIC
import Simulation
import Testing

/// What may pass what (PCI Express Base Specification 2.4.1, table 2-40), and whose wait is whose.
@Suite struct PCIeOrderTests {
    /// A link of 64 GT/s·lanes without overheads, so that times can be typed: a byte lasts 126.953 ps.
    private static func link(_ change: (inout PCIeParameters) -> Void = { _ in }) -> PCIeLink {
        var parameters = PCIeParameters()
        parameters.generation = 3
        parameters.laneCount = 8
        parameters.dataLinkOverhead = 0
        change(&parameters)
        return PCIeLink(parameters)
    }

    private static func at(_ nanoseconds: UInt64) -> SimTime { .zero + .nanoseconds(nanoseconds) }

    @Test func aSmallWriteDoesNotPassALargeOneBeforeIt() {
        // The engine takes time to move what it writes: the small write is ready long before the large one.
        var link = Self.link { $0.writeMoveTime = 1_000_000 }
        let large = link.write(byteCount: 4096, address: 0x10000, at: .zero)
        let small = link.write(byteCount: 4, address: 0x20000, at: Self.at(1))
        #expect(small.accepted > large.accepted)
        #expect(small.visible > large.visible)
    }

    @Test func orderIsThatOfTheTimesForWhichWritesAreAsked() {
        var link = Self.link { $0.writeMoveTime = 1_000_000 }
        // Told of first, and asked for later: it delays nobody who was there before it.
        let later = link.write(byteCount: 4096, address: 0x10000, at: Self.at(8000))
        let alone = Self.link { $0.writeMoveTime = 1_000_000 }
        var other = alone
        let expected = other.write(byteCount: 4, address: 0x20000, at: .zero)
        let first = link.write(byteCount: 4, address: 0x20000, at: .zero)
        #expect(first.accepted == expected.accepted)
        // One that is asked for between goes before the later one; one behind it goes behind it.
        let between = link.write(byteCount: 64, address: 0x30000, at: Self.at(4000))
        #expect(between.visible < later.visible)
        let behind = link.write(byteCount: 4, address: 0x40000, at: Self.at(8001))
        #expect(behind.visible > later.visible)
    }

    @Test func aMessageFollowsTheWritesBeforeIt() {
        var link = Self.link {
            $0.writeMoveTime = 1_000_000
            $0.messageLatency = 0
        }
        let write = link.write(byteCount: 2048, address: 0x10000, at: .zero)
        #expect(link.message(at: Self.at(1)) > write.accepted)
    }

    @Test func aReadDoesNotPassAWriteThatWasSentBeforeIt() {
        // A page walk holds the write up in the root complex.
        func link() -> PCIeLink {
            Self.link {
                $0.translationEntryCount = 16
                $0.translationMissLatency = 5_000_000
            }
        }
        var waits = link()
        _ = waits.read(byteCount: 64, address: 0x5000, at: .zero)
        _ = waits.write(byteCount: 64, address: 0x900000, at: Self.at(20_000))
        let behind = waits.read(byteCount: 64, address: 0x5000, at: Self.at(20_100))
        #expect(behind > Self.at(25_000))
        // A write that leaves after it is no reason to wait.
        var passes = link()
        _ = passes.read(byteCount: 64, address: 0x5000, at: .zero)
        _ = passes.write(byteCount: 64, address: 0x900000, at: Self.at(22_000))
        #expect(passes.read(byteCount: 64, address: 0x5000, at: Self.at(20_100)) < Self.at(21_000))
    }

    @Test func aDoorbellWaitsForOneCompletionAndNoMore() {
        var link = Self.link()
        let alone = Self.link()
        var idle = alone
        let undisturbed = idle.mmioWrite(byteCount: 8, at: Self.at(1000))
        // 64 KB on their way down, which last 8.9 µs.
        for index in 0..<16 { _ = link.read(byteCount: 4096, address: UInt64(index) << 20, at: .zero) }
        let arrival = link.mmioWrite(byteCount: 8, at: Self.at(1000))
        // The longest completion has 256 bytes and 20 before them: 35 ns.
        #expect(arrival >= undisturbed)
        #expect(arrival <= undisturbed + .picoseconds(36_000), "\(arrival) instead of \(undisturbed)")
    }

    @Test func doorbellsKeepTheirOrderAndTheirTimeIsTakenFromThoseBehind() {
        var link = Self.link()
        for index in 0..<16 { _ = link.read(byteCount: 4096, address: UInt64(index) << 20, at: .zero) }
        var last = SimTime.zero
        for index in 0..<100 as Range<UInt64> {
            let arrival = link.mmioWrite(byteCount: 8, at: Self.at(1000 + index))
            #expect(arrival >= last)
            last = arrival
        }
        // What comes last on the line pays: 100 doorbells of 32 bytes are 406 ns.
        let alone = Self.link()
        var without = alone
        for index in 0..<16 { _ = without.read(byteCount: 4096, address: UInt64(index) << 20, at: .zero) }
        let late = link.read(byteCount: 64, address: 0x9000_0000, at: Self.at(2000))
        let early = without.read(byteCount: 64, address: 0x9000_0000, at: Self.at(2000))
        #expect((late - early).picoseconds > 390_000)
    }
}
