package import Simulation
package import Wire

/// A received frame on its way to a receive queue, and what the pipeline found out about it.
package struct ReceivedFrame: Sendable, BitwiseCopyable {
    package var frame: FrameID
    package var port: PortID
    /// When it leaves the receive pipeline.
    package var ready: SimTime
    package var headers: PacketHeaders
    package var hash: UInt32 = 0
    package var hashType = RSSHashType.none
    package var flowTag: UInt32 = 0

    package init(_ frame: FrameID, port: PortID, ready: SimTime, headers: PacketHeaders) {
        self.frame = frame
        self.port = port
        self.ready = ready
        self.headers = headers
    }
}
