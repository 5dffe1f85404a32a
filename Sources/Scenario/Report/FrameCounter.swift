package import Simulation

/// Counts the frames of one `frames` expectation while a run goes on.
package struct FrameCounter: Sendable {
    /// What is counted.
    package var selection: Expectation.FrameSelection
    /// Frames and bytes counted so far.
    package private(set) var tally = RunResult.Tally()

    package init(selection: Expectation.FrameSelection) { self.selection = selection }
}
