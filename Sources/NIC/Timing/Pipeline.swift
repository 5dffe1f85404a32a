package import Simulation

/// A pipelined block: it takes a frame every interval, and each spends the latency inside.
package struct Pipeline: Sendable, BitwiseCopyable {
    package var latency: SimDuration
    package var interval: SimDuration
    /// When it can take the next frame.
    package private(set) var freeAt = SimTime.zero

    package init(latency: SimDuration, interval: SimDuration) {
        self.latency = latency
        self.interval = interval
    }

    /// Takes a frame that is there at `time`; returns when it comes out.
    @inline(__always) package mutating func pass(at time: SimTime) -> SimTime {
        let start = max(time, freeAt)
        freeAt = start + interval
        return start + latency
    }
}
