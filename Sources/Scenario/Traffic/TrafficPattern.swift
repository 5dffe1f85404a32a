/// How fast a traffic source sends.
package enum TrafficRate: Hashable, Sendable {
    /// As fast as its line allows.
    case line
    /// Frames per second.
    case framesPerSecond(UInt64)
    /// Bits per second on the line, framing included.
    case bitsPerSecond(UInt64)
    /// A capture's own timing; made-up traffic has none and sends at line rate.
    case capture
}

/// One length of made-up frames and how often it occurs.
package struct FrameSize: Hashable, Sendable {
    /// Length with the frame check sequence, in bytes, as frame sizes are quoted.
    package var byteCount: Int
    /// How many of every sum-of-weights frames have this length.
    package var weight: Int
    package init(byteCount: Int, weight: Int) {
        self.byteCount = byteCount
        self.weight = weight
    }

    /// The simple Internet mix: 7 frames of 64 bytes, 4 of 594, 1 of 1518.
    package static let internetMix = [
        FrameSize(byteCount: 64, weight: 7), FrameSize(byteCount: 594, weight: 4),
        FrameSize(byteCount: 1518, weight: 1),
    ]
}

/// What a generator sends.
package struct TrafficPattern: Sendable {
    package var sizes: [FrameSize] = [FrameSize(byteCount: 64, weight: 1)]
    /// Number of flows; frames take them in turn.
    package var flowCount = 1
    package var rate = TrafficRate.line
    /// Frames sent back to back; the gaps between bursts keep the rate.
    package var burst = 1
    /// Number of frames, after which the generator is finished.
    package var count: UInt64 = 1000
    package var transport = FrameRecipe.Transport.udp
    package var version6 = false
    /// Source and destination Ethernet addresses: 6 bytes each.
    package var source: [UInt8] = [0x02, 0, 0, 0, 0xff, 1]
    package var destination: [UInt8] = [0x02, 0, 0, 0, 0, 1]
    package init() {}
}
