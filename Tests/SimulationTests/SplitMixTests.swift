import Simulation
import Testing

struct SplitMixTests {
    /// The numbers that implementations of SplitMix64 are compared with, for the seed 1234567.
    @Test func givesThePublishedNumbers() {
        var random = SplitMix(seed: 1_234_567)
        let numbers = (0..<5).map { _ in random.next() as UInt64 }
        #expect(
            numbers == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
    }

    @Test(arguments: [1, 2, 3, 10, 1_000_000, 1 << 63, .max] as [UInt64])
    func aBoundedNumberIsTheHighHalfOfTheProduct(bound: UInt64) {
        var bounded = SplitMix(seed: 42)
        var raw = SplitMix(seed: 42)
        for _ in 0..<1_000 {
            let number = bounded.next(below: bound)
            #expect(number < bound)
            #expect(number == raw.next().multipliedFullWidth(by: bound).high)
        }
    }

    @Test func smallBoundsComeUpEvenly() {
        var random = SplitMix(seed: 7)
        var counts = [0, 0, 0]
        for _ in 0..<30_000 { counts[Int(random.next(below: 3))] += 1 }
        for count in counts { #expect((9_700...10_300).contains(count)) }
    }
}
