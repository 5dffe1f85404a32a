import Wire

/// Counters read from the device when they were asked for last, by the names of `ethtool -S`.
struct HardwareCounters {
    private(set) var values: [(name: String, value: UInt64)] = []

    mutating func set(_ name: String, _ value: UInt64) {
        if let index = values.firstIndex(where: { $0.name == name }) {
            values[index].value = value
        } else {
            values.append((name, value))
        }
    }

    /// Names of vport counters with the offset of their packets; bytes follow.
    static let vport: [(String, VportCounter)] = [
        ("rx_vport_unicast", .receivedEthUnicast), ("tx_vport_unicast", .transmittedEthUnicast),
        ("rx_vport_multicast", .receivedEthMulticast), ("tx_vport_multicast", .transmittedEthMulticast),
        ("rx_vport_broadcast", .receivedEthBroadcast), ("tx_vport_broadcast", .transmittedEthBroadcast),
        ("rx_vport_rdma_unicast", .receivedIbUnicast), ("tx_vport_rdma_unicast", .transmittedIbUnicast),
        ("rx_vport_rdma_multicast", .receivedIbMulticast), ("tx_vport_rdma_multicast", .transmittedIbMulticast),
    ]

    static let ieee: [(String, IEEE8023Counter)] = [
        ("tx_packets_phy", .aFramesTransmittedOK), ("rx_packets_phy", .aFramesReceivedOK),
        ("rx_crc_errors_phy", .aFrameCheckSequenceErrors), ("tx_bytes_phy", .aOctetsTransmittedOK),
        ("rx_bytes_phy", .aOctetsReceivedOK), ("tx_multicast_phy", .aMulticastFramesXmittedOK),
        ("tx_broadcast_phy", .aBroadcastFramesXmittedOK), ("rx_multicast_phy", .aMulticastFramesReceivedOK),
        ("rx_broadcast_phy", .aBroadcastFramesReceivedOK), ("rx_in_range_len_errors_phy", .aInRangeLengthErrors),
        ("rx_out_of_range_len_phy", .aOutOfRangeLengthField), ("rx_oversize_pkts_phy", .aFrameTooLongErrors),
        ("rx_symbol_err_phy", .aSymbolErrorDuringCarrier), ("tx_mac_control_phy", .aMACControlFramesTransmitted),
        ("rx_mac_control_phy", .aMACControlFramesReceived),
        ("rx_unsupported_op_phy", .aUnsupportedOpcodesReceived),
        ("rx_pause_ctrl_phy", .aPauseMACCtrlFramesReceived), ("tx_pause_ctrl_phy", .aPauseMACCtrlFramesTransmitted),
    ]

    static let rfc2863: [(String, RFC2863Counter)] = [
        ("rx_discards_phy", .ifInDiscards), ("tx_discards_phy", .ifOutDiscards), ("tx_errors_phy", .ifOutErrors),
    ]

    static let rfc2819: [(String, RFC2819Counter)] = [
        ("rx_undersize_pkts_phy", .etherStatsUndersizePkts), ("rx_fragments_phy", .etherStatsFragments),
        ("rx_jabbers_phy", .etherStatsJabbers), ("rx_64_bytes_phy", .etherStatsPkts64Octets),
        ("rx_65_to_127_bytes_phy", .etherStatsPkts65to127Octets),
        ("rx_128_to_255_bytes_phy", .etherStatsPkts128to255Octets),
        ("rx_256_to_511_bytes_phy", .etherStatsPkts256to511Octets),
        ("rx_512_to_1023_bytes_phy", .etherStatsPkts512to1023Octets),
        ("rx_1024_to_1518_bytes_phy", .etherStatsPkts1024to1518Octets),
        ("rx_1519_to_2047_bytes_phy", .etherStatsPkts1519to2047Octets),
        ("rx_2048_to_4095_bytes_phy", .etherStatsPkts2048to4095Octets),
        ("rx_4096_to_8191_bytes_phy", .etherStatsPkts4096to8191Octets),
        ("rx_8192_to_10239_bytes_phy", .etherStatsPkts8192to10239Octets),
    ]
}
