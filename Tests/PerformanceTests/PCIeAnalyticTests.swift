import Performance
import Testing

@Suite struct PCIeAnalyticTests {
    private static let link = PCIeAnalytic(
        generation: 3, laneCount: 8, maxPayloadByteCount: 256, maxReadRequestByteCount: 512)

    private static func isWithinOnePercent(_ value: Double, of expected: Double) -> Bool {
        abs(value - expected) <= expected / 100
    }

    @Test func bytesAreThoseOfTheFormulae() {
        #expect(Self.link.writeByteCount(64) == 88)
        #expect(Self.link.writeByteCount(1024) == 4 * 24 + 1024)
        #expect(Self.link.requestByteCount(1024) == 48)
        #expect(Self.link.completionByteCount(1024) == 4 * 20 + 1024)
    }

    @Test func theGuidelinesOverheadLeavesThePublishedPacketRate() {
        #expect(Self.isWithinOnePercent(Self.link.rawRate, of: 63.02))
        #expect(Self.isWithinOnePercent(Self.link.packetRate, of: 57.88))
    }

    /// The published receive path loses the request for its descriptor; with it, the rates are lower.
    @Test func withTheOmittedRequestTheRatesAreTheCorrectedOnes() {
        let simple = PCIeInteraction(link: Self.link, driver: .simple)
        #expect(Self.isWithinOnePercent(simple.rate(.both, frameByteCount: 64), of: 11.58))
        let poll = PCIeInteraction(link: Self.link, driver: .poll)
        #expect(Self.isWithinOnePercent(poll.rate(.receive, frameByteCount: 64), of: 23.47))
        #expect(Self.isWithinOnePercent(poll.rate(.both, frameByteCount: 1024), of: 47.30))
    }

    @Test func asPublishedTheRequestIsMissing() {
        let simple = PCIeInteraction(link: Self.link, driver: .simple, omitsDescriptorRequest: true)
        #expect(Self.isWithinOnePercent(simple.rate(.both, frameByteCount: 64), of: 12.58))
        #expect(simple.receiveCost(60).upstream == 84 + 40 + 28 + 24)
    }
}
