package import Simulation

/// How far a run is, for a progress bar.
package struct RunProgress: Sendable {
    /// Simulated time.
    package var time: SimTime
    /// Events handled.
    package var eventCount: UInt64
    /// Frames that have ended, delivered or dropped.
    package var endedFrames: UInt64
    /// Frames that the scenario's traffic will send in all; `nil` when it cannot be known.
    package var expectedFrames: UInt64?

    package init(time: SimTime, eventCount: UInt64, endedFrames: UInt64, expectedFrames: UInt64?) {
        self.time = time
        self.eventCount = eventCount
        self.endedFrames = endedFrames
        self.expectedFrames = expectedFrames
    }
}
