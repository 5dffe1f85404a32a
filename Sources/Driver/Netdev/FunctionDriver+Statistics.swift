package import Host
package import Simulation
import Wire

/// What the interface counted apart from its open channels.
struct InterfaceStatistics {
    var interrupts: UInt64 = 0
    var linkChanges: UInt64 = 0
    var completionQueueErrors: UInt64 = 0
    var workQueueErrors: UInt64 = 0
    /// Channels that were closed since the probe.
    var closed = ChannelCounters()
}

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

/// Statistics under the names `ethtool -S` prints for this family of devices.
extension FunctionDriver {
    /// Reads every hardware counter: the steps before a report.
    func statisticsProgram() -> [ControlStep] {
        [
            .query(.vport), .query(.queueCounter(drop: false)), .query(.queueCounter(drop: true)),
            .query(.port(.ieee8023)), .query(.port(.rfc2863)), .query(.port(.rfc2819)),
        ]
    }

    /// Starts reading the hardware counters; `counters` has them when the ticket's result is there.
    package mutating func refreshStatistics(at now: SimTime, host: inout Host) -> CommandTicket {
        submit(statisticsProgram(), at: now, host: &host)
    }

    func queryCommand(_ query: StatisticsQuery) -> (Opcode, Record) {
        switch query {
        case .vport: return (.queryVportCounter, Record(.queryVportCounter))
        case .vportState: return (.queryVportState, Record(.queryVportState))
        case .queueCounter(let drop):
            var input = Record(.queryQCounter)
            input.set(QueryQCounter.counterSetId, drop ? netdev.dropQueueCounter : netdev.queueCounter)
            return (.queryQCounter, input)
        case .port(let group):
            var input = Record(register: .ppcnt, .read, byteCount: PPCNT.byteCount)
            input.set(PPCNT.localPort, 1, at: AccessRegister.registerData)
            input.set(PPCNT.grp, UInt32(group.rawValue), at: AccessRegister.registerData)
            return (.accessRegister, input)
        }
    }

    mutating func finishQuery(_ query: StatisticsQuery, _ output: Record, at now: SimTime) {
        let data = AccessRegister.registerData
        switch query {
        case .vport:
            for (name, counter) in HardwareCounters.vport {
                hardware.set(name + "_packets", output.get64(counter.rawValue))
                hardware.set(name + "_bytes", output.get64(counter.rawValue + 8))
            }
        case .queueCounter(let drop):
            let count = UInt64(output.get(QueryQCounter.outOfBuffer))
            hardware.set(drop ? "rx_if_down_packets" : "rx_out_of_buffer", count)
        case .port(.ieee8023):
            for (name, counter) in HardwareCounters.ieee { hardware.set(name, output.get64(data + counter.rawValue)) }
        case .port(.rfc2863):
            for (name, counter) in HardwareCounters.rfc2863 {
                hardware.set(name, output.get64(data + counter.rawValue))
            }
        case .port(.rfc2819):
            for (name, counter) in HardwareCounters.rfc2819 {
                hardware.set(name, output.get64(data + counter.rawValue))
            }
        case .port: break
        case .vportState: netdev.vportIsUp = output.get(QueryVportState.state) == 1
        }
    }

    /// All counters in the order of `ethtool -S`; those of the hardware are as old as the last refresh.
    package var counters: [(name: String, value: UInt64)] {
        var total = statistics.closed
        for index in 0..<channelCount { total.add(channels[index].counters) }
        var list: [(name: String, value: UInt64)] = [
            ("rx_packets", total.rxPackets), ("rx_bytes", total.rxBytes), ("tx_packets", total.txPackets),
            ("tx_bytes", total.txBytes), ("tx_tso_packets", total.txTSOPackets), ("tx_tso_bytes", total.txTSOBytes),
            ("tx_added_vlan_packets", total.txAddedVLAN), ("tx_nop", total.txNOP),
            ("rx_removed_vlan_packets", total.rxRemovedVLAN), ("rx_csum_unnecessary", total.rxChecksumUnnecessary),
            ("rx_csum_none", total.rxChecksumNone), ("rx_csum_complete", total.rxChecksumComplete),
            ("rx_csum_failure", total.rxChecksumWrong), ("tx_csum_none", total.txChecksumNone),
            ("tx_csum_partial", total.txChecksumPartial), ("tx_queue_stopped", total.txStopped),
            ("tx_queue_dropped", total.txDropped), ("tx_xmit_more", total.txXmitMore),
            ("tx_recover", total.txRecover), ("rx_recover", total.rxRecover), ("tx_cqes", total.txCompletions),
            ("tx_queue_wake", total.txWoken),
            ("tx_cqe_err", total.txErrors), ("rx_wqe_err", total.rxErrors), ("ch_events", total.events),
            ("ch_poll", total.polls), ("ch_arm", total.arms), ("ch_eq_rearm", 0),
            ("link_down_events_phy", statistics.linkChanges),
        ]
        for (name, value) in hardware.values { list.append((name, value)) }
        for index in 0..<channelCount {
            let own = channels[index].counters
            list += [
                ("ch\(index)_events", own.events), ("ch\(index)_poll", own.polls), ("ch\(index)_arm", own.arms),
                ("rx\(index)_packets", own.rxPackets), ("rx\(index)_bytes", own.rxBytes),
                ("rx\(index)_csum_complete", own.rxChecksumComplete),
                ("rx\(index)_csum_unnecessary", own.rxChecksumUnnecessary),
                ("rx\(index)_csum_none", own.rxChecksumNone), ("rx\(index)_csum_failure", own.rxChecksumWrong),
                ("rx\(index)_removed_vlan_packets", own.rxRemovedVLAN), ("rx\(index)_wqe_err", own.rxErrors),
                ("tx\(index)_packets", own.txPackets), ("tx\(index)_bytes", own.txBytes),
                ("tx\(index)_tso_packets", own.txTSOPackets), ("tx\(index)_tso_bytes", own.txTSOBytes),
                ("tx\(index)_added_vlan_packets", own.txAddedVLAN), ("tx\(index)_csum_partial", own.txChecksumPartial),
                ("tx\(index)_csum_none", own.txChecksumNone), ("tx\(index)_stopped", own.txStopped),
                ("tx\(index)_wake", own.txWoken), ("tx\(index)_dropped", own.txDropped),
                ("tx\(index)_xmit_more", own.txXmitMore), ("tx\(index)_cqes", own.txCompletions),
                ("tx\(index)_cqe_err", own.txErrors),
            ]
        }
        return list
    }

    /// The counter called `name`, as `ethtool -S` prints it.
    package func counter(_ name: String) -> UInt64? { counters.first { $0.name == name }?.value }

    /// Runs `steps` as a control command.
    mutating func submit(_ steps: [ControlStep], at now: SimTime, host: inout Host) -> CommandTicket {
        let ticket = CommandTicket(number: nextTicket)
        nextTicket += 1
        run(ControlProgram(.command, steps, ticket: ticket), at: now, host: &host)
        return ticket
    }

    /// Brings the interface up or down, as `ip link set` does.
    package mutating func setLink(up: Bool, at now: SimTime, host: inout Host) -> CommandTicket {
        submit([.local(up ? .open : .close)], at: now, host: &host)
    }
}
