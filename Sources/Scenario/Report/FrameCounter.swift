import Simulation

/// Counts the frames of one `frames` expectation while a run goes on.
package struct FrameCounter: Sendable {
    /// What is counted.
    package var selection: Expectation.FrameSelection
    /// Frames and bytes counted so far.
    package private(set) var tally = RunResult.Tally()

    package init(selection: Expectation.FrameSelection) { self.selection = selection }

    /// Counts a frame that passed the point and the filter, if its direction is asked for.
    mutating func count(_ header: TapLog.Header) {
        guard selection.direction == nil || selection.direction == header.direction else { return }
        tally.frames += 1
        tally.bytes += UInt64(header.originalByteCount)
    }
}

extension ScenarioDocument {
    /// One counter for each `frames` expectation, in their order.
    var frameCounters: [FrameCounter] {
        expectations.compactMap { expectation in
            if case .frames(let selection, _) = expectation.kind { FrameCounter(selection: selection) } else { nil }
        }
    }
}
