import Foundation
import Scenario
import Simulation

/// A line on standard error that says how far a run is; it appears once the run has lasted a second.
final class ProgressBar {
    private static let width = 30
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var next: ContinuousClock.Instant
    private var isShown = false
    private let isWanted: Bool

    init(isWanted: Bool) {
        start = clock.now
        next = start + .seconds(1)
        self.isWanted = isWanted && Terminal.showsProgress
    }

    /// Redraws the line, at most ten times a second.
    func show(_ progress: RunProgress) {
        guard isWanted, clock.now >= next else { return }
        next = clock.now + .milliseconds(100)
        var line = "\r\u{1b}[2K"
        let ended = grouped(progress.endedFrames)
        if let expected = progress.expectedFrames, expected > 0 {
            let share = min(1, Double(progress.endedFrames) / Double(expected))
            let full = Int(share * Double(Self.width))
            line += "[" + String(repeating: "#", count: full) + String(repeating: ".", count: Self.width - full) + "] "
            line += "\(Int(share * 100)) %, \(ended) of \(grouped(expected)) frames"
        } else {
            line += "\(ended) frames"
        }
        line += ", \((progress.time - .zero).text) simulated, \(grouped(progress.eventCount)) events"
        FileHandle.standardError.write(Data(line.utf8))
        isShown = true
    }

    /// Takes the line away.
    func end() {
        if isShown { FileHandle.standardError.write(Data("\r\u{1b}[2K".utf8)) }
        isShown = false
    }
}
