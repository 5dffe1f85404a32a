import Wire

/// Text that the tools print.
extension Netdev {
    func report(_ kind: ReportKind, core: borrowing FunctionInterface) -> String {
        switch kind {
        case .none: ""
        case .statistics: counters.reduce("NIC statistics:\n") { $0 + "     \($1.name): \($1.value)\n" }
        case .linkShow: linkLines
        case .linkStatistics: linkLines + linkStatisticsLines
        case .driverInformation: driverLines(core)
        case .features: featureLines
        case .rings: ringLines
        case .channels: channelLines
        case .coalesce: coalescingLines
        case .indirection: indirectionLines
        case .pause: pauseLines
        case .settings: settingsLines
        case .flowHash(let type): flowHashLines(type)
        }
    }

    private func onOff(_ value: Bool) -> String { value ? "on" : "off" }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: ":")
    }

    private var addressText: String {
        Self.hexadecimal((0..<6).map { UInt8(truncatingIfNeeded: settings.address.rawValue >> UInt64(40 - 8 * $0)) })
    }

    private var linkLines: String {
        var flags = ["BROADCAST", "MULTICAST"]
        if !settings.isOpen { flags = flags + [] } else { flags.append("UP") }
        if settings.isPromiscuous { flags.insert("PROMISC", at: 2) }
        if settings.isOpen, settings.hasCarrier { flags.append("LOWER_UP") }
        if settings.isOpen, !settings.hasCarrier { flags.insert("NO-CARRIER", at: 0) }
        let state = settings.isOpen && settings.hasCarrier ? "UP" : "DOWN"
        return """
            \(name): <\(flags.joined(separator: ","))> mtu \(settings.mtu) state \(state)
                link/ether \(addressText) brd ff:ff:ff:ff:ff:ff

            """
    }

    private var linkStatisticsLines: String {
        func value(_ name: String) -> UInt64 { counter(name) ?? 0 }
        return """
                RX: bytes \(value("rx_bytes")) packets \(value("rx_packets")) missed \(value("rx_out_of_buffer"))
                TX: bytes \(value("tx_bytes")) packets \(value("tx_packets"))

            """
    }

    private func driverLines(_ core: borrowing FunctionInterface) -> String {
        let version = core.firmwareVersion
        return """
            driver: mlx5_core
            version: martlet
            firmware-version: \(version.major).\(version.minor).\(version.subminor) (\(core.boardID))
            supports-statistics: yes

            """
    }

    private var featureLines: String {
        let features = settings.features
        let states: [(NetdevFeature, Bool)] = [
            (.receiveChecksumming, features.receiveChecksum), (.transmitChecksumming, features.transmitChecksum),
            (.scatterGather, true), (.tcpSegmentation, features.tcpSegmentation),
            (.udpSegmentation, features.genericSegmentation), (.genericSegmentation, features.genericSegmentation),
            (.genericReceive, false), (.receiveVLAN, features.receiveVLAN), (.transmitVLAN, features.transmitVLAN),
            (.receiveVLANFilter, features.vlanFilter), (.receiveHashing, features.receiveHash),
        ]
        return states.reduce("Features for \(name):\n") { $0 + "\($1.0.rawValue): \(onOff($1.1))\n" }
    }

    private var ringLines: String {
        """
        Ring parameters for \(name):
        Pre-set maximums:
        RX:             8192
        TX:             8192
        Current hardware settings:
        RX:             \(1 << settings.logReceiveRing)
        TX:             \(1 << settings.logTransmitRing)

        """
    }

    private var channelLines: String {
        """
        Channel parameters for \(name):
        Pre-set maximums:
        Combined:       \(settings.maximumChannelCount)
        Current hardware settings:
        Combined:       \(settings.channelCount)

        """
    }

    private var coalescingLines: String {
        """
        Coalesce parameters for \(name):
        Adaptive RX: off  TX: off
        rx-usecs: \(settings.coalescing.receiveMicroseconds)
        rx-frames: \(settings.coalescing.receiveFrames)
        tx-usecs: \(settings.coalescing.transmitMicroseconds)
        tx-frames: \(settings.coalescing.transmitFrames)

        """
    }

    private var indirectionLines: String {
        var text = "RX flow hash indirection table for \(name) with \(settings.channelCount) RX ring(s):\n"
        for start in stride(from: 0, to: ReceiveSideScaling.tableSize, by: 8) {
            let row = settings.rss.table[start..<start + 8].map { String($0) }
            text += "\(start): " + row.joined(separator: " ") + "\n"
        }
        text += "RSS hash key:\n" + Self.hexadecimal(settings.rss.key) + "\n"
        return text + "RSS hash function:\n    toeplitz: on\n    xor: off\n"
    }

    private var pauseLines: String {
        """
        Pause parameters for \(name):
        Autonegotiate:  off
        RX:             \(onOff(settings.pausesReceive))
        TX:             \(onOff(settings.pausesTransmit))

        """
    }

    private var settingsLines: String {
        let speed = Self.speed(ofProtocols: settings.ethernetProtocols)
        return """
            Settings for \(name):
                Speed: \(speed.map { "\($0)Mb/s" } ?? "Unknown!")
                Duplex: Full
                Auto-negotiation: off
                Link detected: \(settings.isOpen && settings.vportIsUp ? "yes" : "no")

            """
    }

    private func flowHashLines(_ type: FlowHashType) -> String {
        let fields = settings.rss.fields[Self.trafficIndex(of: type)]
        var text = "\(type.rawValue.uppercased()) flows use these fields for computing Hash flow key:\n"
        if fields.contains(.sourceIP) { text += "IP SA\n" }
        if fields.contains(.destinationIP) { text += "IP DA\n" }
        if fields.contains(.l4SourcePort) { text += "L4 bytes 0 & 1 [TCP/UDP src port]\n" }
        if fields.contains(.l4DestinationPort) { text += "L4 bytes 2 & 3 [TCP/UDP dst port]\n" }
        return text
    }

    /// Mb/s of the fastest of the protocol bits of register PTYS, `eth_proto_oper`.
    private static func speed(ofProtocols bits: UInt32) -> Int? {
        let speeds: [(bit: UInt32, speed: Int)] = [
            (20, 100_000), (21, 100_000), (22, 100_000), (23, 100_000), (30, 50_000), (31, 50_000), (27, 25_000),
            (28, 25_000), (29, 25_000), (6, 40_000), (7, 40_000), (15, 40_000), (16, 40_000), (12, 10_000),
            (13, 10_000), (14, 10_000), (4, 10_000), (2, 10_000), (3, 10_000), (1, 1000), (0, 1000),
        ]
        return speeds.first { bits >> $0.bit & 1 != 0 }?.speed
    }
}
