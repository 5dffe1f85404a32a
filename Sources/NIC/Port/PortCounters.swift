/// What a port has seen (register PPCNT, native interface, section 7). Octets include the frame check sequence.
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
}
