/// Generated traffic.
package struct GeneratorSettings: Sendable, Equatable {
    /// Sizes of frames, in bytes without the frame check sequence, taken in turn; IMIX is seven 60s, four 590s, one 1514.
    package var frameByteCounts: [Int] = [60]
    /// Number of flows, told apart by source port (and address), taken in turn.
    package var flowCount = 1
    package var rate = OfferedRate.lineRate
    /// Frames sent back to back before the rate is made up for.
    package var burst = 1
    /// Frames in all; `nil` for as long as the traffic is not stopped.
    package var count: UInt64?
    package var transport = Transport.udp
    package var isIPv6 = false
    /// 802.1Q tag: VLAN identifier.
    package var vlan: UInt16?
    /// Segment size that is asked of the NIC, in bytes of payload; for applications only. Frames are then TCP or UDP
    /// packets of `frameByteCounts` that the NIC cuts (LSO).
    package var segmentByteCount: Int?
    /// Whether the NIC is asked for checksums; for applications only.
    package var offloadsChecksums = true
    package var destinationMAC: MACAddress?
    package var sourceMAC: MACAddress?

    package init() {}

    package enum Transport: String, CaseIterable, Sendable { case udp, tcp }
}
