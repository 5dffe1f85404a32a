import NIC
import Simulation
import Testing

@Suite struct PCIeLinkTests {
    /// A link on which only what a test sets takes time: generation 3, eight lanes, about 127 ps a byte.
    private static func plain(_ change: (inout PCIeParameters) -> Void = { _ in }) -> PCIeParameters {
        var parameters = PCIeParameters()
        parameters.generation = 3
        parameters.laneCount = 8
        parameters.dataLinkOverhead = 0
        parameters.readEngineLatency = 0
        parameters.writeEngineLatency = 0
        parameters.readLatency = 400_000
        parameters.readRequestInterval = 0
        parameters.readLineInterval = 0
        parameters.writeInterval = 0
        parameters.writeVisibilityLatency = 100_000
        parameters.messageLatency = 300_000
        parameters.creditReturnLatency = 0
        change(&parameters)
        return parameters
    }

    private static func at(_ nanoseconds: UInt64) -> SimTime { .zero + .nanoseconds(nanoseconds) }

    @Test func aReadTakesItsRequestTheRootComplexAndItsCompletion() {
        var link = PCIeLink(Self.plain())
        // 24 bytes up, 400 ns, 20 + 64 bytes down; a byte is 8 × 130 / 128 / 64 ns = 126.953 ps.
        let expected: UInt64 = 3_047 + 400_000 + 10_664
        #expect(link.read(byteCount: 64, address: 0x1000, at: .zero).picoseconds == expected)
    }

    @Test func aWriteIsAcceptedWhenItsLastByteHasLeftAndVisibleLater() {
        var link = PCIeLink(Self.plain())
        let times = link.write(byteCount: 64, address: 0x1000, at: .zero)
        #expect(times.accepted.picoseconds == 11_172)  // 88 bytes
        #expect(times.visible.picoseconds == 111_172)
    }

    @Test func twoWritesShareTheLinkOneAfterTheOther() {
        var link = PCIeLink(Self.plain())
        let first = link.write(byteCount: 64, address: 0x1000, at: .zero)
        let second = link.write(byteCount: 64, address: 0x2000, at: .zero)
        #expect((second.accepted - first.accepted).picoseconds == 11_172)
    }

    @Test func aFetchAskedForInTheFutureLeavesTheLinkFreeUntilThen() {
        var link = PCIeLink(Self.plain())
        let alone = PCIeLink(Self.plain())
        _ = link.write(byteCount: 256, address: 0x1000, at: Self.at(700))
        var other = alone
        let expected = other.read(byteCount: 64, address: 0x5000, at: Self.at(10))
        #expect(link.read(byteCount: 64, address: 0x5000, at: Self.at(10)) == expected)
    }

    @Test func aGapThatIsTooShortIsNotUsed() {
        var link = PCIeLink(Self.plain())
        _ = link.write(byteCount: 64, address: 0x1000, at: Self.at(20))  // busy 20...31.2 ns
        // 280 bytes last 35.5 ns and do not fit before it.
        let late = link.write(byteCount: 256, address: 0x2000, at: Self.at(5))
        #expect(late.accepted.picoseconds == 20_000 + 11_172 + 35_547)
    }

    @Test func tagsLimitReadsAsLittlesLawSays() {
        // 8 tags, 413.7 ns each: 1,000 reads take 125 rounds.
        var link = PCIeLink(Self.plain { $0.tagCount = 8 })
        var last = SimTime.zero
        for index in 0..<1000 { last = max(last, link.read(byteCount: 64, address: UInt64(index) * 64, at: .zero)) }
        let ideal = 125.0 * 413.711
        let nanoseconds = Double(last.picoseconds) / 1000
        #expect(nanoseconds > ideal * 0.99 && nanoseconds < ideal * 1.03)
    }

    @Test func postedCreditsHoldWritesBack() {
        let parameters = Self.plain {
            $0.postedCredits = PCIeCredits(header: 4, data: 64)
            $0.creditReturnLatency = 1_000_000
        }
        var link = PCIeLink(parameters)
        let times = (0..<5).map { link.write(byteCount: 64, address: UInt64($0) * 64, at: .zero).accepted }
        #expect(times[3].picoseconds == 4 * 11_172)
        // The first buffer is known to be free 1 µs after its write came.
        #expect(times[4].picoseconds == 11_172 + 1_000_000 + 11_172)
    }

    @Test func dataCreditsCountAsWellAsHeaders() {
        let parameters = Self.plain {
            $0.postedCredits = PCIeCredits(header: 100, data: 16)
            $0.creditReturnLatency = 1_000_000
        }
        var link = PCIeLink(parameters)
        _ = link.write(byteCount: 256, address: 0, at: .zero)  // takes all 16 units
        let second = link.write(byteCount: 16, address: 256, at: .zero)
        #expect(second.accepted.picoseconds > 1_000_000)
    }

    @Test func completionSpaceLimitsReads() {
        var link = PCIeLink(Self.plain { $0.completionCredits = PCIeCredits(header: 0, data: 32) })
        let first = link.read(byteCount: 512, address: 0, at: .zero)
        let second = link.read(byteCount: 16, address: 4096, at: .zero)
        #expect(second.picoseconds > first.picoseconds + 400_000)
    }

    @Test func aMessageComesBehindTheWritesBeforeIt() {
        var link = PCIeLink(Self.plain())
        let write = link.write(byteCount: 4096, address: 0x10000, at: .zero)
        let message = link.message(at: .zero)
        // 28 bytes more on the link, then 300 ns.
        #expect(message.picoseconds == write.accepted.picoseconds + 3_555 + 300_000)
    }

    @Test func aMessageWaitsForAWriteThatMissesTheIOTLB() {
        let parameters = Self.plain {
            $0.translationEntryCount = 4
            $0.translationMissLatency = 5_000_000
        }
        var link = PCIeLink(parameters)
        let write = link.write(byteCount: 64, address: 0x10000, at: .zero)
        #expect(write.visible.picoseconds == 11_172 + 5_000_000 + 100_000)
        #expect(link.message(at: write.accepted).picoseconds == 11_172 + 5_000_000 + 300_000)
    }

    @Test func aReadDoesNotPassAWriteBeforeIt() {
        let parameters = Self.plain { $0.writeInterval = 2_000_000 }
        var link = PCIeLink(parameters)
        let write = link.write(byteCount: 64, address: 0x10000, at: .zero)
        let read = link.read(byteCount: 64, address: 0x10000, at: write.accepted)
        #expect(read.picoseconds >= 2_000_000 + 400_000)
    }

    @Test func coldDataTakeThePenaltyMore() {
        let parameters = Self.plain { $0.coldPenalty = 40_000 }
        var warm = PCIeLink(parameters)
        var cold = PCIeLink(parameters)
        let difference =
            cold.read(byteCount: 64, address: 0, at: .zero, isCold: true)
            - warm.read(byteCount: 64, address: 0, at: .zero)
        #expect(difference == .nanoseconds(40))
    }

    @Test func registerAccessesShareTheLinkWithCompletions() {
        let parameters = Self.plain {
            $0.registerWriteLatency = 0
            $0.registerReadLatency = 0
            $0.registerAccessTime = 50_000
        }
        var link = PCIeLink(parameters)
        #expect(link.mmioWrite(byteCount: 8, at: .zero).picoseconds == 4_063)  // 32 bytes
        let read = link.mmioRead(byteCount: 4, at: Self.at(100))
        #expect(read.sampled.picoseconds == 103_047)
        #expect(read.returned.picoseconds == 103_047 + 50_000 + 3_047)
    }

    @Test func aTransferOfNothingTakesNoBytes() {
        var link = PCIeLink(Self.plain())
        #expect(link.read(byteCount: 0, address: 0x1000, at: Self.at(5)) == Self.at(5))
        #expect(link.counters.upstreamByteCount == 0)
    }

    @Test func theEndOfTheAddressSpaceIsNoTrap() {
        var link = PCIeLink(Self.plain { $0.translationEntryCount = 4 })
        _ = link.write(byteCount: 100, address: .max - 200, at: .zero)
        _ = link.read(byteCount: 200, address: .max - 200, at: .zero)
        #expect(link.counters.upstreamByteCount > 100 + 48)
        _ = link.read(byteCount: 4096, address: .max - 10, at: .zero)
        _ = link.write(byteCount: 4096, address: .max, at: .zero)
    }

    @Test func theBooksCountEveryByte() {
        var link = PCIeLink(Self.plain())
        _ = link.write(byteCount: 300, address: 0x1000, at: .zero)
        _ = link.read(byteCount: 600, address: 0x2000, at: .zero)
        _ = link.message(at: .zero)
        #expect(link.counters.upstreamByteCount == (2 * 24 + 300) + 2 * 24 + 28)
        #expect(link.counters.downstreamByteCount == 3 * 20 + 600)
    }
}
