import Wire

/// PPCNT: what a port has counted, in the groups that drivers read (native interface, section 7).
extension NIC {
    mutating func readPPCNT(_ data: inout Record, port: Int) throws(Syndrome) {
        guard let group = PortCounterGroup(rawValue: UInt8(data.get(PPCNT.grp))) else { throw .counterGroup }
        let counters = ports[port].counters
        for offset in stride(from: PPCNT.counterSet, to: PPCNT.byteCount, by: 8) { data.set64(offset, 0) }
        switch group {
        case .ieee8023: counters.encodeIEEE8023(into: &data)
        case .rfc2863: counters.encodeRFC2863(into: &data)
        case .rfc2819: counters.encodeRFC2819(into: &data)
        case .perPriority:
            // Without priorities on the wire all frames are of priority 0.
            if data.get(PPCNT.prioTc) == 0 { counters.encodePriority(into: &data) }
        case .extended, .perTrafficClass, .physicalLayer, .perTCCongestion, .physicalStatistical: break
        case .infiniBand, .infiniBandExtended: throw .counterGroup
        }
        if data.get(PPCNT.clr) != 0 { ports[port].counters = PortCounters() }
    }
}

extension PortCounters {
    private var receivedUnicast: UInt64 { receivedFrames &- receivedMulticast &- receivedBroadcast }
    private var transmittedUnicast: UInt64 { transmittedFrames &- transmittedMulticast &- transmittedBroadcast }

    fileprivate func encodeIEEE8023(into data: inout Record) {
        let values: [(IEEE8023Counter, UInt64)] = [
            (.aFramesTransmittedOK, transmittedFrames), (.aFramesReceivedOK, receivedFrames),
            (.aOctetsTransmittedOK, transmittedOctets), (.aOctetsReceivedOK, receivedOctets),
            (.aMulticastFramesXmittedOK, transmittedMulticast), (.aBroadcastFramesXmittedOK, transmittedBroadcast),
            (.aMulticastFramesReceivedOK, receivedMulticast), (.aBroadcastFramesReceivedOK, receivedBroadcast),
            (.aFrameTooLongErrors, receivedTooLong),
        ]
        for (counter, value) in values { data.set64(counter.rawValue, value) }
    }

    fileprivate func encodeRFC2863(into data: inout Record) {
        let values: [(RFC2863Counter, UInt64)] = [
            (.ifInOctets, receivedOctets), (.ifInUcastPkts, receivedUnicast), (.ifInDiscards, receiveDiscards),
            (.ifInErrors, receivedTooLong &+ receivedTooShort), (.ifOutOctets, transmittedOctets),
            (.ifOutUcastPkts, transmittedUnicast), (.ifOutDiscards, transmitDiscards),
            (.ifInMulticastPkts, receivedMulticast), (.ifInBroadcastPkts, receivedBroadcast),
            (.ifOutMulticastPkts, transmittedMulticast), (.ifOutBroadcastPkts, transmittedBroadcast),
        ]
        for (counter, value) in values { data.set64(counter.rawValue, value) }
    }

    fileprivate func encodeRFC2819(into data: inout Record) {
        let values: [(RFC2819Counter, UInt64)] = [
            (.etherStatsDropEvents, receiveDiscards), (.etherStatsOctets, receivedOctets),
            (.etherStatsPkts, receivedFrames), (.etherStatsBroadcastPkts, receivedBroadcast),
            (.etherStatsMulticastPkts, receivedMulticast), (.etherStatsUndersizePkts, receivedTooShort),
            (.etherStatsOversizePkts, receivedTooLong),
        ]
        for (counter, value) in values { data.set64(counter.rawValue, value) }
        for size in 0..<10 {
            data.set64(RFC2819Counter.etherStatsPkts64Octets.rawValue + size * 8, receivedBySize[size])
        }
    }

    fileprivate func encodePriority(into data: inout Record) {
        let values: [(PerPriorityCounter, UInt64)] = [
            (.rxOctets, receivedOctets), (.rxFrames, receivedFrames), (.txOctets, transmittedOctets),
            (.txFrames, transmittedFrames), (.rxDiscards, receiveDiscards),
        ]
        for (counter, value) in values { data.set64(counter.rawValue, value) }
    }
}
