package import Simulation

/// A pipelined block: it takes a frame every interval, and each spends the latency inside.
///
/// The latency occupies nothing: how long a frame is inside does not say when the next one may enter.
package struct Pipeline: ~Copyable {
    private let latency: SimDuration
    private let interval: UInt64
    private var entrance: Timeline

    package init(latency: SimDuration, interval: SimDuration) {
        self.latency = latency
        self.interval = interval.picoseconds
        entrance = Timeline(shortestUse: max(1, interval.picoseconds))
    }

    /// Takes a frame that is there at `time`; returns when it comes out.
    ///
    /// Frames may be told of in another order than that of their times: each enters when it is there and nobody
    /// who is there is entering. Frames that are there at the same time enter in the order in which they are told of.
    @inline(__always) package mutating func pass(at time: SimTime) -> SimTime {
        SimTime(picoseconds: entrance.reserve(interval, from: time.picoseconds)) + latency
    }

    /// Until when somebody enters.
    @inline(__always) package var busyUntil: SimTime { SimTime(picoseconds: entrance.busyUntil) }

    /// How long somebody has been entering, in all, in picoseconds.
    package var usedTime: UInt64 { entrance.usedTime }

    /// Gives up what is over before `time`: no later frame is there earlier.
    package mutating func advance(to time: SimTime) { entrance.advance(to: time.picoseconds) }
}
