import FuzzWorld
import Testing

/// Seeds against the programs that the fuzzer runs: whatever a driver does stays its own affair.
@Suite struct SweepTests {
    /// Inputs of each program; many more in a release build.
    static var seedCount: UInt64 {
        #if DEBUG
            40
        #else
            1500
        #endif
    }

    @Test func aWorldThatNobodyDisturbsHoldsTheInvariants() throws {
        let image = try FuzzWorld.makeImage()
        try FuzzWorld(image).finish(image, recovers: true)
    }

    @Test(arguments: FuzzProgram.allCases) func everySeedLeavesTheOtherFunctionAlone(program: FuzzProgram) throws {
        let image = try FuzzWorld.makeImage()
        for seed in 0..<Self.seedCount {
            do throws(FuzzViolation) {
                try program.run(FuzzInput(seed: seed, byteCount: 64 + Int(seed % 8) * 96), on: image)
            } catch {
                Issue.record("\(program.rawValue), seed \(seed): \(error)")
            }
        }
    }
}
