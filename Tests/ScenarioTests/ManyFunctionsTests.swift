import Driver
import Host
import NIC
import Simulation
import Testing
import Wire

/// Virtual functions and subfunctions of one host, driver against silicon.
@Suite struct ManyFunctionsTests {
    private static func bench(virtual: Int = 0, sub: Int = 0, memoryByteCount: UInt64 = 1 << 30) -> DriverBench {
        var parameters = NICParameters.default
        var description = FunctionDescription(port: PortID(0), macAddress: MACAddress(2, 0, 0, 0, 0, 1))
        description.virtualFunctionCount = virtual
        description.subfunctionCount = sub
        parameters.functions = [description]
        var software = HostSoftwareParameters()
        software.logReceiveRing = 6
        software.logTransmitRing = 6
        let bench = DriverBench(software: software, nic: parameters, memoryByteCount: memoryByteCount)
        let layout = bench.nic.layout
        for function in layout.virtualFunctions(of: 0) { bench.platform.attach(FunctionID(function), to: 0) }
        let subfunctions = layout.subfunctions(of: 0)
        for function in subfunctions { bench.platform.attach(FunctionID(function), to: 0) }
        bench.host.setSubfunctions(of: layout.physical(0), subfunctions)
        return bench
    }

    @Test func virtualFunctionsComeAndGo() {
        let bench = Self.bench(virtual: 4)
        #expect(bench.bringUp(), "\(bench.log)")
        let before = bench.outstanding
        #expect(bench.execute("echo 5 > /sys/class/net/eth0/device/sriov_numvfs").failure != nil)
        let failure = bench.execute("echo 3 > /sys/class/net/eth0/device/sriov_numvfs").failure
        #expect(failure == nil, "\(bench.log)")
        for index in 0..<3 {
            #expect(bench.execute("ip link set dev eth0v\(index) up").failure == nil, "\(bench.log)")
        }
        #expect(bench.execute("echo 1 > /sys/class/net/eth0v1/device/reset").failure == nil, "\(bench.log)")
        #expect(bench.execute("ip link show dev eth0").output.contains("vf 2     link/ether"))
        #expect(bench.execute("echo 0 > /sys/class/net/eth0/device/sriov_numvfs").failure == nil, "\(bench.log)")
        bench.run()
        for index in 1...4 { #expect(bench.software.outstanding(of: FunctionID(index)).memoryByteCount == 0) }
        #expect(bench.outstanding == before, "\(bench.log)")
        #expect(bench.faultCount == 0)
        bench.remove()
        #expect(bench.outstanding == [0, 0, 0], "\(bench.log)")
        #expect(bench.deviceObjectCount == 0)
    }

    @Test func subfunctionsComeAndGo() {
        let bench = Self.bench(sub: 8)
        #expect(bench.bringUp(), "\(bench.log)")
        for number in 0..<8 {
            let added = bench.execute("devlink port add pci/0000:03:00.0 flavour pcisf pfnum 0 sfnum \(number)")
            #expect(added.failure == nil, "\(bench.log)")
            let port = "pci/0000:03:00.0/\(0x8000 + number)"
            #expect(bench.execute("devlink port function set \(port) state active").failure == nil, "\(bench.log)")
            bench.run()
            let up = bench.execute("ip link set dev eth0s\(number) up")
            #expect(up.failure == nil, "\(number): \(up) \(bench.log)")
        }
        bench.run()
        #expect(bench.software.netdevIndices.count == 9)
        // A frame to everybody from one of them reaches all the others, the parent and the wire; commands were
        // announced by events.
        let frame =
            Array(repeating: 0xff, count: 6) + [2, 0, 0, 0, 0, 0x50, 0x88, 0xb5] + [UInt8](repeating: 7, count: 46)
        let first = bench.software.netdev(named: "eth0s0") ?? 0
        let isTaken = frame.withUnsafeBytes {
            bench.software.transmit($0, on: first, at: bench.queue.now, host: &bench.host, medium: &bench.medium)
        }
        #expect(isTaken)
        bench.collect()
        bench.run()
        for index in bench.software.netdevIndices where index != first {
            #expect(bench.software.counter("rx_packets", of: index) == 1, "\(bench.software.netdevName(index))")
        }
        #expect(bench.sent.count == 1 && bench.isBalanced)
        #expect(bench.execute("devlink port show").output.contains("state active opstate attached"))
        for number in 0..<4 {
            let deleted = bench.execute("devlink port del pci/0000:03:00.0/\(0x8000 + number)")
            #expect(deleted.failure == nil, "\(bench.log)")
        }
        bench.run()
        #expect(bench.software.netdevIndices.count == 5, "\(bench.log)")
        #expect(bench.faultCount == 0)
        bench.remove()
        #expect(bench.outstanding == [0, 0, 0], "\(bench.log)")
        #expect(bench.software.netdevIndices.isEmpty)
        for function in bench.nic.layout.subfunctions(of: 0) {
            #expect(bench.software.outstanding(of: FunctionID(function)).memoryByteCount == 0)
        }
    }

    /// A list of destinations is as long as the switch has vports.
    @Test func aBroadcastReachesMoreThan64Vports() {
        let bench = Self.bench(sub: 80)
        #expect(bench.bringUp(), "\(bench.log)")
        for number in 0..<80 {
            let port = "pci/0000:03:00.0/\(0x8000 + number)"
            _ = bench.execute("devlink port add pci/0000:03:00.0 flavour pcisf pfnum 0 sfnum \(number)")
            _ = bench.execute("devlink port function set \(port) state active")
            bench.run()
            #expect(bench.execute("ip link set dev eth0s\(number) up").failure == nil, "\(bench.log)")
        }
        bench.run()
        let frame =
            Array(repeating: 0xff, count: 6) + [2, 0, 0, 0, 0, 0x50, 0x88, 0xb5] + [UInt8](repeating: 7, count: 46)
        let first = bench.software.netdev(named: "eth0s0") ?? 0
        let isTaken = frame.withUnsafeBytes {
            bench.software.transmit($0, on: first, at: bench.queue.now, host: &bench.host, medium: &bench.medium)
        }
        #expect(isTaken)
        bench.collect()
        bench.run()
        for index in bench.software.netdevIndices where index != first {
            #expect(bench.software.counter("rx_packets", of: index) == 1, "\(bench.software.netdevName(index))")
        }
        #expect(bench.sent.count == 1 && bench.isBalanced)
    }

    @Test func aResetTakesChildrenAlong() {
        let bench = Self.bench(virtual: 2, sub: 2)
        #expect(bench.bringUp(), "\(bench.log)")
        #expect(bench.execute("echo 2 > /sys/class/net/eth0/device/sriov_numvfs").failure == nil, "\(bench.log)")
        #expect(
            bench.execute("devlink port add pci/0000:03:00.0 flavour pcisf pfnum 0 sfnum 7").failure == nil,
            "\(bench.log)")
        #expect(bench.execute("devlink port function set pci/0000:03:00.0/32768 state active").failure == nil)
        bench.run()
        #expect(bench.software.netdevIndices.count == 4, "\(bench.log)")
        #expect(bench.execute("echo 1 > /sys/class/net/eth0/device/reset").failure == nil, "\(bench.log)")
        #expect(bench.state == .ready)
        #expect(bench.software.netdevIndices.count == 1)
        #expect(bench.execute("ip link set dev eth0 up").failure == nil)
        bench.remove()
        #expect(bench.outstanding == [0, 0, 0], "\(bench.log)")
    }

    /// Frames between functions of one NIC go through its switch.
    @Test func framesCrossTheLegacySwitch() throws {
        let bench = Self.bench(virtual: 2, sub: 1)
        #expect(bench.bringUp(), "\(bench.log)")
        #expect(bench.execute("echo 2 > /sys/class/net/eth0/device/sriov_numvfs").failure == nil, "\(bench.log)")
        #expect(bench.execute("ip link set eth0 vf 0 mac 02:00:00:00:00:50").failure == nil, "\(bench.log)")
        for name in ["eth0v0", "eth0v1"] {
            let command = "ip link set dev \(name) address 02:00:00:00:00:5\(name.suffix(1))"
            #expect(bench.execute(command).failure == nil, "\(bench.log)")
            #expect(bench.execute("ip link set dev \(name) up").failure == nil, "\(bench.log)")
        }
        bench.run()
        var frame: [UInt8] = [2, 0, 0, 0, 0, 0x51, 2, 0, 0, 0, 0, 0x50, 0x88, 0xb5] + Array(repeating: 7, count: 46)
        func send(_ frame: [UInt8], from name: String) throws {
            let number = bench.software.netdev(named: name)
            let netdev = try #require(number)
            let isTaken = frame.withUnsafeBytes {
                bench.software.transmit(
                    $0, on: netdev, at: bench.queue.now, host: &bench.host, medium: &bench.medium)
            }
            #expect(isTaken)
            bench.collect()
            bench.run()
        }
        func received(_ name: String) -> UInt64 {
            bench.software.netdev(named: name).flatMap { bench.software.counter("rx_packets", of: $0) } ?? 0
        }
        // To the other virtual function: not by the wire.
        try send(frame, from: "eth0v0")
        #expect(received("eth0v1") == 1 && bench.sent.isEmpty, "\(bench.log)")
        // To nobody here: by the wire alone. To everybody: both ways.
        frame[5] = 0x99
        try send(frame, from: "eth0v0")
        #expect(received("eth0v1") == 1 && bench.sent.count == 1)
        frame.replaceSubrange(0..<6, with: Array(repeating: 0xff, count: 6))
        try send(frame, from: "eth0v0")
        #expect(received("eth0v1") == 2 && received("eth0") == 1 && bench.sent.count == 2, "\(bench.log)")
        // A source address that is not its own is let through until it is checked.
        frame[11] = 0x77
        try send(frame, from: "eth0v0")
        #expect(received("eth0v1") == 3)
        #expect(bench.execute("ip link set eth0 vf 0 spoofchk on").failure == nil, "\(bench.log)")
        try send(frame, from: "eth0v0")
        #expect(received("eth0v1") == 3 && bench.sent.count == 3)
        frame[11] = 0x50
        try send(frame, from: "eth0v0")
        #expect(received("eth0v1") == 4 && bench.sent.count == 4)
        // A tag that the function does not see: on the wire it is there.
        #expect(bench.execute("ip link set eth0 vf 0 vlan 100").failure == nil, "\(bench.log)")
        try send(frame, from: "eth0v0")
        #expect(bench.sent.last?[12..<16] == [0x81, 0, 0, 100])
        #expect(bench.isBalanced)
    }
}
