import NIC
import Simulation
import Testing

/// Nothing a driver writes may trap, run for ever or lose a frame; the same steps that libFuzzer takes.
struct DataPathFuzzTests {
    @Test(arguments: 0..<24 as Range<UInt64>) func anyRingsAndDoorbellsAreContained(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        var fuzz = DataPathFuzz { UInt8(truncatingIfNeeded: random.next()) }
        for _ in 0..<100 {
            try fuzz.step()
            try fuzz.check()
        }
    }
}
