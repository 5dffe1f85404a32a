import Host
import NIC
import Simulation
import Testing

@Suite struct PCIeTranslationTests {
    private static var parameters: PCIeParameters {
        var parameters = PCIeParameters()
        parameters.translationEntryCount = 64
        parameters.translationWayCount = 4
        parameters.translationMissLatency = 300_000
        parameters.translationWalkCount = 2
        return parameters
    }

    @Test func everyPageWithinTheReachMissesOnce() {
        var translations = LinkTranslations(Self.parameters)
        for _ in 0..<10 {
            for page in 0..<64 as Range<UInt64> { _ = translations.translate(page: page, at: 0) }
        }
        #expect(translations.missCount == 64)
        #expect(translations.lookupCount == 640)
    }

    @Test func aWalkThroughMorePagesThanTheReachAlwaysMisses() {
        var translations = LinkTranslations(Self.parameters)
        for _ in 0..<10 {
            for page in 0..<80 as Range<UInt64> { _ = translations.translate(page: page, at: 0) }
        }
        // 16 sets of 4 ways; 5 pages to a set, used in turn, is the worst case of least recently used.
        #expect(translations.missCount == 800)
    }

    @Test func randomPagesHitAsOftenAsTheReachSays() {
        var translations = LinkTranslations(Self.parameters)
        var random = SplitMix(seed: 3)
        for _ in 0..<100_000 { _ = translations.translate(page: random.next(below: 256), at: 0) }
        let hits = translations.lookupCount - translations.missCount
        #expect(hits > 24_000 && hits < 26_000)  // 64 of 256
    }

    @Test func walksBeyondTheirNumberWait() {
        var translations = LinkTranslations(Self.parameters)
        #expect(translations.translate(page: 1, at: 1000) == 301_000)
        #expect(translations.translate(page: 2, at: 1000) == 301_000)
        #expect(translations.translate(page: 3, at: 1000) == 601_000)
        #expect(translations.translate(page: 1, at: 1000) == 1000)
    }

    @Test func anUnmappingForgetsThosePagesOfThatFunction() {
        var parameters = Self.parameters
        parameters.translationPageByteCount = 4096
        var translations = LinkTranslations(parameters)
        let (one, other) = (FunctionID(1), FunctionID(2))
        for page in 7...9 as ClosedRange<UInt64> {
            for function in [one, other] { _ = translations.translate(page: page, of: function, at: 0) }
        }
        #expect(translations.missCount == 6)
        translations.invalidate(one, page: 8, count: 1)
        for page in 7...9 as ClosedRange<UInt64> { _ = translations.translate(page: page, of: other, at: 0) }
        _ = translations.translate(page: 7, of: one, at: 0)
        _ = translations.translate(page: 9, of: one, at: 0)
        #expect(translations.missCount == 6)
        _ = translations.translate(page: 8, of: one, at: 0)
        #expect(translations.missCount == 7)
        translations.invalidate(one, page: 0, count: .max)
        _ = translations.translate(page: 7, of: other, at: 0)
        #expect(translations.missCount == 7)
        _ = translations.translate(page: 7, of: one, at: 0)
        #expect(translations.missCount == 8)
    }

    @Test func anInvalidationForgetsEverything() {
        var translations = LinkTranslations(Self.parameters)
        _ = translations.translate(page: 7, at: 0)
        translations.invalidateAll()
        _ = translations.translate(page: 7, at: 0)
        #expect(translations.missCount == 2)
    }

    @Test func withoutAnIOMMUNothingTakesTime() {
        var translations = LinkTranslations(PCIeParameters())
        let isEnabled = translations.isEnabled
        #expect(!isEnabled)
        #expect(translations.translate(page: 7, at: 5) == 5)
    }
}
