package import Simulation

/// One end of a wire: a port of a NIC, or something outside that sends and receives frames.
package enum WireEnd: Hashable, Sendable, BitwiseCopyable {
    case port(nic: UInt8, port: UInt8)
    case traffic(UInt8)
}

/// A wire between two ends: a delay, and a place to capture.
///
/// The wire itself never loses or reorders a frame; each end serialises what it sends, so what is on the wire at one
/// time is never more than the line rate allows.
package struct WireLink: Sendable {
    package var name: String
    package var first: WireEnd
    package var second: WireEnd
    package var propagation: SimDuration
    package var rate: LineRate
    package var tap: TapPoint?
    /// Frames and bytes from `first` to `second`, and back.
    package var forward = FramePool.Tally()
    package var backward = FramePool.Tally()

    /// The end opposite to `end`.
    package func peer(of end: WireEnd) -> WireEnd { end == first ? second : first }
}
