import Driver
import Host
import NIC
import Simulation
import Testing

/// A reset before every single event of a short life of a function: probe, open, frames through, close.
///
/// A driver that is told to reset or to go is told so before every third: it acts at steps, not at events. In a debug
/// build only a few are tried: run the heavy sweeps in release (`swift test -c release`).
@Suite struct ResetSweepTests {
    #if DEBUG
        static let stride = 53
    #else
        static let stride = 1
    #endif

    private static func stride(of path: ResetPath) -> Int {
        switch path {
        case .functionLevelWithoutDriver, .functionLevelBehindDriver, .software: stride
        case .byDriver, .removal: max(3, stride)
        }
    }

    @Test func theLifeThatIsInterruptedWorksWhenItIsNot() {
        let life = FunctionLife()
        while life.step() {}
        #expect(life.phase == .ended)
        #expect(life.bench.sent.count == FunctionLife.frameCount)
        #expect(life.bench.counter("rx_packets") == UInt64(FunctionLife.frameCount))
        #expect(life.bench.isBalanced)
        #expect(life.bench.faultCount == 0)
        // The sweep below covers what it says: commands of the probe, the channel's, and frames are all there.
        #expect(life.eventCount > 1000)
    }

    @Test(arguments: ResetPath.allCases) func aResetBeforeAnyEventLeavesAFunctionThatWorks(path: ResetPath) {
        let whole = FunctionLife()
        while whole.step() {}
        if Self.stride > 1 {
            print(
                "Debug build: \(path) before every \(Self.stride)th of \(whole.eventCount) events.",
                "Run the heavy sweeps in release.")
        }
        var failures = 0
        for index in Swift.stride(from: 0, to: whole.eventCount, by: Self.stride(of: path)) {
            let life = FunctionLife()
            while life.eventCount < index, life.step() {}
            guard life.canBeInterrupted(by: path) else { continue }
            let phase = life.phase
            let complaints = life.interrupt(by: path) + life.judge()
            guard !complaints.isEmpty else { continue }
            Issue.record("\(path) before event \(index) (\(phase)): \(complaints.joined(separator: "; "))")
            failures += 1
            // One cause shows at many events: the first few tell it.
            if failures == 5 { return }
        }
    }
}
