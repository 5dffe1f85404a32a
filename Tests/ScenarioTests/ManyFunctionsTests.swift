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
        #expect(bench.outstanding[0] == before[0], "\(bench.log)")
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
            let up = bench.execute("ip link set dev enp3s0f0s\(number) up")
            #expect(up.failure == nil, "\(number): \(up) \(bench.log)")
        }
        #expect(bench.software.netdevIndices.count == 9)
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
}
