package import Simulation
package import Wire

/// A received frame on its way to a receive queue, and what the pipeline found out about it.
package struct ReceivedFrame: Sendable, BitwiseCopyable {
    package var frame: FrameID
    /// Where it lies until it has been written to host memory.
    package var charge: BufferCharge
    /// When its last bit was at the port, or at the switch if it came from a function.
    package var arrival: SimTime
    /// When it leaves the receive pipeline.
    package var ready: SimTime
    package var headers: PacketHeaders
    package var hash: UInt32 = 0
    package var hashType = RSSHashType.none
    package var flowTag: UInt32 = 0

    package init(_ frame: FrameID, charge: BufferCharge, arrival: SimTime, ready: SimTime, headers: PacketHeaders) {
        self.frame = frame
        self.charge = charge
        self.arrival = arrival
        self.ready = ready
        self.headers = headers
    }
}
