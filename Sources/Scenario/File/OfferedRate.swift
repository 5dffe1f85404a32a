/// How fast frames are offered.
package enum OfferedRate: Sendable, Equatable {
    /// As fast as the wire (or the transmit queue) takes them.
    case lineRate
    /// Bits per second, counted over frames without frame check sequence and gap.
    case bitsPerSecond(UInt64)
    case packetsPerSecond(UInt64)
}
