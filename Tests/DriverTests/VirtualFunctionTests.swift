import Driver
import Host
import Simulation
import Testing

/// Virtual functions and the legacy switch, as the manager's driver sets them up: sections 3.6, 6.5, 6.6.
@Suite struct VirtualFunctionTests {
    private func device() -> ScriptedDevice {
        var software = HostSoftwareParameters()
        software.coreCount = 1
        software.logReceiveRing = 6
        software.logTransmitRing = 6
        let device = ScriptedDevice(software)
        device.isManager = true
        device.probe()
        device.commands = device.commands.filter { $0.opcode == 0x301 }
        return device
    }

    private func enabling(_ count: Int) -> String { "echo \(count) > /sys/class/net/eth0/device/sriov_numvfs" }

    @Test func enablingMakesTablesEnablesFunctionsAndProbes() throws {
        let device = device()
        #expect(device.execute(enabling(3)) == nil, "\(device.log)")
        let own = device.commands.filter { $0.owner == 0 }
        // The forwarding database: a table of type 4, four groups, the miss rule, the root.
        let table = try #require(own.first { $0.opcode == 0x930 })
        #expect(table.input[0x10] == 4)
        let groups = own.filter { $0.opcode == 0x933 }
        #expect(groups.count == 4 && groups.allSatisfy { $0.input[0x10] == 4 })
        // Exact addresses: 0 to 65,532, outer criteria, all of the destination address.
        #expect(groups[0].input[0x1c..<0x20] == [0, 0, 0, 0] && groups[0].input[0x24..<0x28] == [0, 0, 0xff, 0xfc])
        #expect(groups[0].input[0x3f] == 1)
        #expect(groups[0].input[0x48..<0x50] == [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0])
        #expect(groups[1].input[0x48..<0x50] == [1, 0, 0, 0, 0, 0, 0, 0])
        // Promiscuous: misc criteria, all of the source port.
        #expect(groups[2].input[0x3f] == 2 && groups[2].input[0x84..<0x88] == [0, 0, 0xff, 0xff])
        #expect(own.contains { $0.opcode == 0x92f && $0.input[0x10] == 4 })
        // ENABLE_HCA of 1, 2 and 3.
        #expect(own.filter { $0.opcode == 0x104 }.map { $0.input[11] } == [1, 2, 3])
        // Numbers and VF Enable with memory space and ARI, in this order.
        #expect(device.configurationWrites.contains { $0.offset == 0x110 && $0.value == 3 })
        #expect(device.configurationWrites.contains { $0.offset == 0x108 && $0.value == 0x19 })
        // The two that are ours are probed; the third is told of.
        #expect(device.software.netdev(named: "eth0v0") != nil && device.software.netdev(named: "eth0v1") != nil)
        #expect(device.software.foreign.map(\.function) == [FunctionID(3)])
        #expect(device.software.foreign.first?.address.description == "0000:03:00.3")
        #expect(device.execute("ip link set dev eth0v1 up") == nil, "\(device.log)")
    }

    @Test func theNumberChangesOnlyByZero() {
        let device = device()
        #expect(device.execute(enabling(5)) == "write error: Numerical result out of range")
        #expect(device.execute(enabling(2)) == nil)
        #expect(device.execute(enabling(2)) == nil)
        #expect(device.execute(enabling(1)) == "write error: Device or resource busy")
        #expect(device.execute(enabling(0)) == nil, "\(device.log)")
        #expect(device.software.netdev(named: "eth0v0") == nil)
        #expect(device.software.outstanding(of: FunctionID(1)).memoryByteCount == 0)
        // DISABLE_HCA of both; the tables are gone.
        #expect(
            device.commands.filter { $0.owner == 0 && $0.opcode == 0x105 }.map { $0.input[11] }.suffix(2) == [1, 2])
        #expect(device.commands.contains { $0.owner == 0 && $0.opcode == 0x931 && $0.input[0x10] == 4 })
        let before = device.outstanding
        #expect(device.execute(enabling(2)) == nil)
        #expect(device.execute(enabling(0)) == nil)
        #expect(device.outstanding == before)
    }

    @Test func aFailureOnTheWayIsTakenBack() {
        let device = device()
        let before = device.outstanding
        device.failing = 0x933
        #expect(device.execute(enabling(2))?.contains("(0x933)") == true)
        device.failing = nil
        #expect(device.outstanding == before, "\(device.log)")
        #expect(device.execute(enabling(2)) == nil, "\(device.log)")
    }

    @Test func settingsOfOneBecomeAccessListsAndRates() throws {
        let device = device()
        #expect(device.execute(enabling(2)) == nil)
        device.commands.removeAll { $0.opcode != 0x301 }
        #expect(device.execute("ip link set eth0 vf 0 mac 02:00:00:00:00:50") == nil)
        let address = try #require(device.command(0x755))
        #expect(address.input[8..<16] == [0x80, 0, 0, 1, 0, 0, 0, 8])
        #expect(address.input[0x1f4..<0x1fc] == [0, 0, 2, 0, 0, 0, 0, 0x50])
        device.commands.removeAll { $0.opcode != 0x301 }
        #expect(device.execute("ip link set eth0 vf 0 vlan 100 qos 3 spoofchk on") == nil, "\(device.log)")
        // Ingress list of vport 1 (type 3) with four groups, egress list (type 2) with two; both become roots.
        let lists = device.commands.filter { $0.opcode == 0x930 }
        #expect(lists.suffix(2).map { $0.input[0x10] } == [3, 2])
        #expect(lists.allSatisfy { $0.input[8..<12] == [0x80, 0, 0, 1] })
        let rules = device.commands.filter { $0.opcode == 0x936 }.suffix(4)
        // Own address, untagged: allow and push 100 with priority 3; drop; VLAN 100: allow and pop; drop.
        let entries = Array(rules)
        #expect(entries[0].input[0x40..<0x44] == [0x81, 0x00, 0x60, 0x64])
        #expect(entries[0].input[0x4c..<0x50] == [0, 0, 1, 1])
        #expect(entries[0].input[0x80..<0x86] == [2, 0, 0, 0, 0, 0x50])
        #expect(entries[1].input[0x20..<0x24] == [0, 0, 0, 3] && entries[1].input[0x4c..<0x50] == [0, 0, 0, 2])
        #expect(entries[2].input[0x4c..<0x50] == [0, 0, 0, 0x81])
        #expect(entries[3].input[0x4c..<0x50] == [0, 0, 0, 2])
        device.commands.removeAll { $0.opcode != 0x301 }
        #expect(device.execute("ip link set eth0 vf 0 max_tx_rate 1000 min_tx_rate 100") == nil)
        let elements = device.commands.filter { $0.opcode == 0x782 }
        // The root, then elements of the vport under it in hierarchy 2; the last has limit and share.
        #expect(elements.allSatisfy { $0.input[8] == 2 })
        let last = try #require(elements.last)
        #expect(last.input[0x20] == 1 && last.input[0x24..<0x28] == [0, 0, 0, 1])
        #expect(last.input[0x34..<0x3c] == [0, 0, 0, 100, 0, 0, 0x03, 0xe8])
        #expect(device.execute("ip link set eth0 vf 0 state disable trust on") == nil)
        let state = try #require(device.command(0x751))
        #expect(state.modifier == 1 && state.input[8..<16] == [0x80, 0, 0, 1, 0, 0, 0, 0])
        let shown = device.output(of: "ip link show dev eth0")
        #expect(
            shown.contains(
                "    vf 0     link/ether 02:00:00:00:00:50 brd ff:ff:ff:ff:ff:ff, vlan 100, qos 3, tx rate 1000 (Mbps), "
                    + "max_tx_rate 1000Mbps, min_tx_rate 100Mbps, spoof checking on, link-state disable, trust on, "
                    + "query_rss off\n"), "\(shown)")
        #expect(shown.contains("    vf 1     link/ether 00:00:00:00:00:00 brd"))
        #expect(device.execute("ip link set eth0 vf 2 trust on") == "RTNETLINK answers: Invalid argument")
    }

    @Test func addressListsBecomeRules() throws {
        let device = device()
        #expect(device.execute(enabling(2)) == nil)
        device.lists[1] = [[0x02, 0, 0, 0, 0, 0x51]]
        device.commands.removeAll { $0.opcode != 0x301 }
        // Vport 1 says that its lists have changed.
        device.event(0x0d, [0x23: 1])
        let rule = try #require(device.command(0x936))
        // Type 4, forward to vport 1: frames to that address.
        #expect(rule.input[0x10] == 4 && rule.input[0x4f] == 4)
        #expect(rule.input[0x88..<0x8e] == [2, 0, 0, 0, 0, 0x51])
        #expect(rule.input[0x340..<0x348] == [0, 0, 0, 1, 0, 0, 0, 0])
        // It is armed before it is read: what changes meanwhile is told again.
        let order = device.commands.map(\.opcode)
        #expect(try #require(order.firstIndex(of: 0x755)) < (try #require(order.firstIndex(of: 0x754))))
        // The same address of another vport is refused; when the first lets go, its rule goes.
        device.lists[2] = [[0x02, 0, 0, 0, 0, 0x51]]
        device.commands.removeAll { $0.opcode != 0x301 }
        device.event(0x0d, [0x23: 2])
        #expect(device.command(0x936) == nil)
        device.lists[1] = []
        device.event(0x0d, [0x23: 1])
        #expect(device.command(0x938)?.input[0x10] == 4)
    }

    @Test func whoManagesNothingRefuses() {
        let device = ScriptedDevice(HostSoftwareParameters())
        device.probe()
        #expect(
            device.execute("ip link set eth0 vf 0 trust on") == "RTNETLINK answers: Operation not supported")
    }
}
