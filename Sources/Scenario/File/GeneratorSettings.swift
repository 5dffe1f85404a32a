/// Generated traffic: the frames, and what an application asks the NIC to do with them.
package struct GeneratorSettings: Sendable {
    package var pattern = TrafficPattern()
    /// Whether the scenario names the source and destination addresses in `pattern`; the world fills in the others.
    package var hasSource = false
    package var hasDestination = false
    /// 802.1Q identifier of the tag that the NIC is asked to insert; applications only.
    package var vlan: UInt16?
    /// Bytes of payload in each segment that the NIC is asked to cut (LSO); applications only.
    ///
    /// `pattern.sizes` are then the lengths of what is cut.
    package var segmentByteCount: Int?
    /// Whether the NIC is asked for checksums; applications only.
    package var offloadsChecksums = true

    package init() {}
}
