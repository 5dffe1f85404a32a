package import Wire

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
    package var largestByteCount: Int {
        max((frameSizes.max() ?? 64) - 4, tsoByteCount == 0 ? 0 : tsoByteCount + headerByteCount, headerByteCount)
            + (vlan == nil ? 0 : VLANTag.byteCount)
    }
}
