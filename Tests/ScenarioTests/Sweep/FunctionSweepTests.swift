import Foundation
import Testing

/// Functions come and go, drivers bind and unbind, under traffic and faults: nothing gets where rules do not put it, nobody
/// notices what happens to others, and nothing is left.
@Suite struct FunctionSweepTests {
    #if DEBUG
        static let seedCount = 100
    #else
        static let seedCount = 10_000
    #endif
    private static let blockSize = 100

    /// One seed alone: `MARTLET_SWEEP_SEED=N swift test -c release --filter FunctionSweepTests`.
    private static var chosen: UInt64? {
        ProcessInfo.processInfo.environment["MARTLET_SWEEP_SEED"].flatMap { UInt64($0) }
    }

    @Test(arguments: 0..<seedCount / blockSize)
    func whateverHappensEverybodyKeepsToItsPlace(block: Int) {
        let seeds = UInt64(block * Self.blockSize)..<UInt64((block + 1) * Self.blockSize)
        if let chosen = Self.chosen {
            if block == 0 { report(SweepProgram(seed: chosen, tells: true).run(), of: chosen) }
            return
        }
        var failures = 0
        for seed in seeds {
            let complaints = SweepProgram(seed: seed).run()
            guard !complaints.isEmpty else { continue }
            report(complaints, of: seed)
            failures += 1
            if failures == 3 { return }
        }
    }

    private func report(_ complaints: [String], of seed: UInt64) {
        guard !complaints.isEmpty else { return }
        Issue.record(
            """
            seed \(seed): \(complaints.prefix(5).joined(separator: "; "))
            alone: MARTLET_SWEEP_SEED=\(seed) swift test -c release --filter FunctionSweepTests
            """)
    }
}
