import Capture
import Simulation
import Testing

@Suite struct TraceComparisonTests {
    private func difference(
        _ change: (inout [Sample]) -> Void, options: TraceComparison.Options = .init()
    ) -> TraceDifference? {
        var samples = tenSamples()
        change(&samples)
        return TraceComparison.firstDifference(
            expected: trace("golden", tenSamples()), actual: trace("now", samples), options: options)
    }

    @Test func equalTracesDoNotDiffer() {
        #expect(difference { _ in } == nil)
        #expect(trace("a", tenSamples()).digest == trace("b", tenSamples()).digest)
    }

    @Test func aChangedTimeToLiveIsNamedWithFrameAndPoint() throws {
        let found = try #require(
            difference {
                $0[7].bytes = synFrame(ttl: 63, id: 7)
                $0[8].bytes = synFrame(ttl: 63, id: 8)
            })
        #expect(found.kind == .changed)
        #expect(found.expectedFrameNumber == 8)
        #expect(found.point == "pf0")
        #expect(found.fields.map(\.name) == ["ip.ttl"])
        #expect(
            found.description == """
                Frame 8 differs at pf0, 0.000000009638 s.

                  expected: golden
                  actual:   now

                  expected  #8 0.000000009638 pf0 out 10.0.0.1 > 10.0.0.2 TCP 443→55012 [SYN] len 0
                  actual    #8 0.000000009638 pf0 out 10.0.0.1 > 10.0.0.2 TCP 443→55012 [SYN] len 0

                  fields that differ
                    ip.ttl  64 → 63

                  bytes
                    0010 - 00 28 00 07 40 00 40 06 00 00 0a 00 00 01 0a 00
                    0010 + 00 28 00 07 40 00 3f 06 00 00 0a 00 00 01 0a 00

                  the frames just before, in both
                    #3 0.000000003468 uplink in  10.0.0.1 > 10.0.0.2 TCP 443→55012 [SYN] len 0
                    #4 0.000000004702 pf0 out 10.0.0.1 > 10.0.0.2 TCP 443→55012 [SYN] len 0
                    #5 0.000000005936 uplink in  10.0.0.1 > 10.0.0.2 TCP 443→55012 [SYN] len 0
                    #6 0.000000007170 pf0 out 10.0.0.1 > 10.0.0.2 TCP 443→55012 [SYN] len 0
                    #7 0.000000008404 uplink in  10.0.0.1 > 10.0.0.2 TCP 443→55012 [SYN] len 0
                """)
        #expect(!found.description.split(separator: "\n").contains { $0.count > 100 })
    }

    @Test func onePicosecondIsADifferenceUnlessToleratedOrIgnored() throws {
        let change: (inout [Sample]) -> Void = { $0[4].picoseconds += 1 }
        let found = try #require(difference(change))
        #expect(found.kind == .changed)
        #expect(found.expectedFrameNumber == 5)
        #expect(found.fields == [.init(name: "time", expected: "0.000000005936", actual: "0.000000005937")])
        #expect(difference(change, options: .init(tolerance: .picoseconds(1))) == nil)
        #expect(difference(change, options: .init(ignoresTime: true)) == nil)
        #expect(difference({ $0[4].picoseconds += 2 }, options: .init(tolerance: .picoseconds(1))) != nil)
    }

    @Test(arguments: [false, true]) func aMissingFrameIsFoundWhereItWas(ignoresTime: Bool) throws {
        let found = try #require(difference({ $0.remove(at: 4) }, options: .init(ignoresTime: ignoresTime)))
        #expect(found.kind == .missing)
        #expect(found.expectedFrameNumber == 5)
        #expect(found.actualFrameNumber == nil)
        #expect(found.description.hasPrefix("Frame 5 is missing at uplink, 0.000000005936 s."))
        #expect(found.expectedBefore.count == 4)
    }

    @Test func theLastFrameCanBeMissing() throws {
        let found = try #require(difference { $0.removeLast() })
        #expect(found.kind == .missing)
        #expect(found.expectedFrameNumber == 10)
    }

    @Test func anExtraFrameIsFoundWhereItIs() throws {
        let found = try #require(
            difference { $0.insert(Sample(picoseconds: 5000, serial: 99, bytes: synFrame(id: 200)), at: 4) })
        #expect(found.kind == .extra)
        #expect(found.actualFrameNumber == 5)
        #expect(found.description.hasPrefix("Frame 5 is extra at uplink, 0.000000005000 s."))
    }

    @Test func theEarliestOfSeveralDifferencesIsReported() throws {
        let found = try #require(
            difference {
                $0[6].bytes[0] = 0xff
                $0[5].direction = .inbound
            })
        #expect(found.expectedFrameNumber == 6)
        #expect(found.fields.map(\.name) == ["direction"])
    }

    @Test func whyAFrameWasDroppedCounts() throws {
        let found = try #require(difference { $0[2].dropped = .portDown })
        #expect(found.fields == [.init(name: "comment", expected: nil, actual: "dropped: port is down")])
    }

    @Test func anotherOrderAcrossPointsAtOneTimeIsADifference() throws {
        var samples = tenSamples()
        for index in samples.indices { samples[index].picoseconds = 1000 }
        let golden = trace("golden", samples)
        samples.swapAt(2, 3)
        let found = try #require(TraceComparison.firstDifference(expected: golden, actual: trace("now", samples)))
        #expect(found.kind == .order)
        #expect(found.expectedFrameNumber == 3)
        let options = TraceComparison.Options(ignoresTime: true)
        #expect(
            TraceComparison.firstDifference(expected: golden, actual: trace("now", samples), options: options) == nil)
    }

    @Test func otherCapturePointsAreADifference() throws {
        let other = Trace(name: "now", points: [uplink])
        let found = try #require(TraceComparison.firstDifference(expected: trace("golden", []), actual: other))
        #expect(found.kind == .capturePoints)
        #expect(found.description.contains("expected points: uplink, pf0"))
    }

    @Test func aDigestSeesOneBitAndOnePicosecond() {
        let digest = trace("", tenSamples()).digest
        var samples = tenSamples()
        samples[9].bytes[53] ^= 1
        #expect(trace("", samples).digest != digest)
        samples = tenSamples()
        samples[9].picoseconds += 1
        #expect(trace("", samples).digest != digest)
    }
}
