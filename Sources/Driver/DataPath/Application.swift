package import Wire

/// What runs on top of the interface.
package enum Application: Equatable, Sendable {
    /// Received packets are consumed.
    case sink
    /// Received packets are sent again without a copy: on the channel they came by, or handed over for interface `to`.
    case forward(to: Int? = nil, swapsAddresses: Bool = false)
    /// Received packets are sent back: Ethernet, network and transport addresses are exchanged.
    case reflect
    /// Packets are made and sent; received ones are consumed.
    case generate(TrafficPattern)
}

/// Traffic that a generator makes.
package struct TrafficPattern: Equatable, Sendable {
    package enum Transport: Sendable { case udp, tcp }

    /// Sizes of frames, frame check sequence included, taken in turn.
    package var frameSizes = [64]
    /// Simple IMIX: seven of 64, four of 594, one of 1518 bytes.
    package static let imix = [64, 594, 64, 64, 594, 64, 1518, 64, 594, 64, 594, 64]
    /// Flows: each has its own source address and port.
    package var flowCount = 1
    /// Frames per second over all channels; `nil` sends as fast as possible.
    package var framesPerSecond: UInt64?
    /// Frames that are sent back to back.
    package var burst = 1
    /// Frames over all channels; `nil` never ends.
    package var frameCount: UInt64?
    package var transport = Transport.udp
    package var isIPv6 = false
    package var destination = MACAddress(0x02, 0, 0, 0, 0, 0x02)
    /// Payload bytes the device is asked to cut into segments; zero sends single frames.
    package var tsoByteCount = 0
    /// Payload bytes of a segment.
    package var segmentByteCount = 1448
    /// Whether the device is asked for checksums; otherwise software computes them.
    package var requestsChecksums = true
    /// Tag that the device is asked to insert.
    package var vlan: UInt16?
    package var seed: UInt64 = 1

    package init() {}

    /// Bytes of the headers that precede the payload, without a tag.
    var headerByteCount: Int { 14 + (isIPv6 ? 40 : 20) + (transport == .udp ? 8 : 20) }
    /// Bytes of the largest frame before segmentation, with a tag that software may have to insert.
    var largestByteCount: Int {
        max((frameSizes.max() ?? 64) - 4, tsoByteCount == 0 ? 0 : tsoByteCount + headerByteCount, headerByteCount)
            + (vlan == nil ? 0 : VLANTag.byteCount)
    }
}

/// A received packet that waits to be sent by another interface: the world takes it there and returns it.
package struct Handoff: BitwiseCopyable, Sendable {
    /// Number of the interface, as `Application.forward` names it.
    package var interface: UInt8
    package var channel: UInt16
    package var buffer: UInt32
    package var byteCount: UInt32
    /// Where the packet lies.
    package var physical: UInt64
    /// The tag that the device took out of it.
    package var vlanTCI: UInt16
    package var hasVLAN: Bool
    /// Which opening of the interface the buffer belongs to.
    var generation: UInt32
}

/// What is done with a received packet: `Application` in a form that costs nothing to read.
enum Consumption: BitwiseCopyable, Equatable {
    case deliver, forward, forwardSwapped, reflect
    case handOver(to: UInt8, swapsAddresses: Bool)

    init(_ application: Application) {
        switch application {
        case .sink, .generate: self = .deliver
        case .forward(nil, let swaps): self = swaps ? .forwardSwapped : .forward
        case .forward(let interface?, let swaps):
            self = .handOver(to: UInt8(truncatingIfNeeded: interface), swapsAddresses: swaps)
        case .reflect: self = .reflect
        }
    }
}

/// Where the generator stands.
struct GeneratorState {
    var pattern: TrafficPattern?
    var generation: UInt32 = 0
    /// Frames each channel has sent.
    var sentCount = Array(repeating: UInt64(0), count: FunctionDriver.maximumChannelCount)
    /// Bytes of the largest frame that was announced: buffers are made when the interface is opened.
    var largestByteCount = 0
    var bufferByteCount: Int {
        var size = 2048
        while size < largestByteCount, size < Self.longestBuffer { size *= 2 }
        return size
    }
    static let longestBuffer = 65_536
}
