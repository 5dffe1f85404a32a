import Wire

/// What a port has seen (register PPCNT, native interface, section 7).
///
/// Octets include the frame check sequence.
package struct PortCounters: Sendable, BitwiseCopyable {
    package var transmittedFrames: UInt64 = 0
    package var transmittedOctets: UInt64 = 0
    package var transmittedMulticast: UInt64 = 0
    package var transmittedBroadcast: UInt64 = 0
    package var transmitDiscards: UInt64 = 0
    package var receivedFrames: UInt64 = 0
    package var receivedOctets: UInt64 = 0
    package var receivedMulticast: UInt64 = 0
    package var receivedBroadcast: UInt64 = 0
    /// Received frames longer than the port accepts.
    package var receivedTooLong: UInt64 = 0
    package var receivedTooShort: UInt64 = 0
    /// Received frames for which the receive buffer had no room.
    package var receiveDiscards: UInt64 = 0
    /// Received and transmitted frames by size with FCS: 64, 65-127, 128-255, 256-511, 512-1023, 1024-1518, 1519-2047,
    /// 2048-4095, 4096-8191, larger.
    package var receivedBySize = InlineArray<10, UInt64>(repeating: 0)
    package var transmittedBySize = InlineArray<10, UInt64>(repeating: 0)

    package init() {}

    /// Counts a frame of `byteCount` bytes without FCS, received for `destination`.
    mutating func countReceived(_ destination: MACAddress, _ byteCount: Int) {
        receivedFrames &+= 1
        receivedOctets &+= UInt64(byteCount + 4)
        if destination.isBroadcast {
            receivedBroadcast &+= 1
        } else if destination.isMulticast {
            receivedMulticast &+= 1
        }
        receivedBySize[Self.sizeClass(byteCount + 4)] &+= 1
    }

    /// Counts a frame of `byteCount` bytes without FCS, sent to `destination`.
    mutating func countTransmitted(_ destination: MACAddress, _ byteCount: Int) {
        transmittedFrames &+= 1
        transmittedOctets &+= UInt64(byteCount + 4)
        if destination.isBroadcast {
            transmittedBroadcast &+= 1
        } else if destination.isMulticast {
            transmittedMulticast &+= 1
        }
        transmittedBySize[Self.sizeClass(byteCount + 4)] &+= 1
    }

    private static func sizeClass(_ byteCount: Int) -> Int {
        switch byteCount {
        case ...64: 0
        case ...127: 1
        case ...255: 2
        case ...511: 3
        case ...1023: 4
        case ...1518: 5
        case ...2047: 6
        case ...4095: 7
        case ...8191: 8
        default: 9
        }
    }
}
