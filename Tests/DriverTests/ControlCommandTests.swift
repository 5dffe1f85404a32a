import Driver
import Testing
import Wire

/// The command line `text`, understood.
private func parse(_ text: String) throws -> ControlCommand {
    try ControlCommand.parse(text.split(separator: " ").map(String.init))
}

/// What is wrong with the command line `text`.
private func mistake(_ text: String) -> ControlSyntaxError? {
    do throws(ControlSyntaxError) {
        _ = try ControlCommand.parse(text.split(separator: " ").map(String.init))
        return nil
    } catch {
        return error
    }
}

@Suite struct ControlCommandTests {
    @Test(
        arguments: [
            ("ip link set dev eth0 up", .setAdministrativeState(up: true)),
            ("ip link set eth0 down", .setAdministrativeState(up: false)),
            ("ip link set dev eth0 mtu 9000", .setMTU(9000)),
            ("ip link set dev eth0 address 02:00:00:00:00:0a", .setAddress(MACAddress(2, 0, 0, 0, 0, 10))),
            ("ip link set dev eth0 promisc on", .setPromiscuous(true)),
            ("ip link set dev eth0 allmulticast off", .setAllMulticast(false)),
            ("ip -s link show dev eth0", .showLink(statistics: true)),
            ("ethtool -L eth0 combined 4", .setChannels(combined: 4)),
            ("ethtool -G eth0 rx 512 tx 256", .setRings(receive: 512, transmit: 256)),
            ("ethtool -K eth0 tso off", .setFeature(.tcpSegmentation, on: false)),
            ("ethtool -K eth0 rx-vlan-offload on", .setFeature(.receiveVLAN, on: true)),
            ("ethtool -X eth0 equal 3", .setIndirection(.equal(count: 3))),
            ("ethtool -X eth0 weight 1 0 2", .setIndirection(.weights([1, 0, 2]))),
            ("ethtool -N eth0 rx-flow-hash udp4 sdfn", .setFlowHash(.udp4, .addressesAndPorts)),
            ("ethtool -A eth0 rx on tx off", .setPause(receive: true, transmit: false)),
            ("ethtool -S eth0", .show(.statistics)),
            ("ethtool --show-channels eth0", .show(.channels)),
            ("ethtool eth0", .show(.settings)),
            ("echo 1 > /sys/class/net/eth0/device/reset", .reset),
        ] as [(String, ControlCommand.Action)])
    func understandsWhatPeopleType(text: String, action: ControlCommand.Action) throws {
        #expect(try parse(text) == ControlCommand(netdev: "eth0", actions: [action]))
    }

    @Test func takesSeveralSettingsInOrder() throws {
        let command = try parse("ip link set dev eth1 mtu 1400 promisc on up")
        #expect(command.netdev == "eth1")
        #expect(command.actions == [.setMTU(1400), .setPromiscuous(true), .setAdministrativeState(up: true)])
        var change = ControlCommand.CoalescingChange()
        change.receiveMicroseconds = 8
        change.transmitFrames = 32
        #expect(try parse("ethtool -C e rx-usecs 8 tx-frames 32").actions == [.setCoalescing(change)])
    }

    @Test func takesAHashKeyOfFortyBytes() throws {
        let key = (0..<40).map { String($0, radix: 16) }.joined(separator: ":")
        #expect(try parse("ethtool -X eth0 hkey \(key)").actions == [.setHashKey((0..<40).map { UInt8($0) })])
        #expect(mistake("ethtool -X eth0 hkey 01:02")?.wordIndex == 4)
    }

    @Test(arguments: [
        ("ipp link set dev eth0 up", 0, "unknown command \"ipp\""),
        ("ip lnk set dev eth0 up", 1, "\"lnk\""),
        ("ip link set dev eth0 mtuu 9000", 5, "\"mtuu\""),
        ("ip link set dev eth0 mtu 67", 6, "\"67\""),
        ("ip link set dev eth0 mtu", 6, "the end of the command"),
        ("ip link set dev eth0", 5, "the end of the command"),
        ("ip link set dev eth0 address 02:00:00", 6, "\"02:00:00\""),
        ("ethtool -Q eth0", 1, "unknown option \"-Q\""),
        ("ethtool -K eth0 tsoo on", 3, "unknown feature \"tsoo\""),
        ("ethtool -K eth0 tso maybe", 4, "\"maybe\""),
        ("ethtool -L eth0 combined 0", 4, "\"0\""),
        ("ethtool -S eth0 now", 3, "\"now\""),
        ("ethtool -X eth0 weight 0 0", 5, "weights that are all zero"),
        ("ethtool -N eth0 rx-flow-hash udp4 sx", 5, "\"sx\""),
        ("echo 1 > /sys/class/net/eth0/reset", 3, "\"/sys/class/net/eth0/reset\""),
        ("", 0, "the end of the command"),
    ])
    func saysWhichWordIsWrong(text: String, word: Int, found: String) {
        let error = mistake(text)
        #expect(error?.wordIndex == word)
        #expect(error?.found == found)
        #expect(error?.expected.isEmpty == false)
    }
}
