import Wire

/// Statistics under the names `ethtool -S` prints for this family of devices.
extension Netdev {
    /// Reads every hardware counter: the steps before a report.
    func statisticsProgram() -> [ControlStep] {
        [
            .query(.vport), .query(.queueCounter(drop: false)), .query(.queueCounter(drop: true)),
            .query(.port(.ieee8023)), .query(.port(.rfc2863)), .query(.port(.rfc2819)),
        ]
    }

    func queryCommand(_ query: StatisticsQuery) -> (Opcode, Record) {
        switch query {
        case .vport: return (.queryVportCounter, Record(.queryVportCounter))
        case .vportState: return (.queryVportState, Record(.queryVportState))
        case .queueCounter(let drop):
            var input = Record(.queryQCounter)
            input.set(QueryQCounter.counterSetId, drop ? settings.dropQueueCounter : settings.queueCounter)
            return (.queryQCounter, input)
        case .port(let group):
            var input = Record(register: .ppcnt, .read, byteCount: PPCNT.byteCount)
            input.set(PPCNT.localPort, 1, at: AccessRegister.registerData)
            input.set(PPCNT.grp, UInt32(group.rawValue), at: AccessRegister.registerData)
            return (.accessRegister, input)
        }
    }

    mutating func finish(_ query: StatisticsQuery, _ output: Record) {
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
        case .vportState: settings.vportIsUp = output.get(QueryVportState.state) == 1
        }
    }

    /// All counters in the order of `ethtool -S`; those of the hardware are as old as the last refresh.
    var counters: [(name: String, value: UInt64)] {
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
    func counter(_ name: String) -> UInt64? { counters.first { $0.name == name }?.value }
}
