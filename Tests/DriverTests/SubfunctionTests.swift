import Driver
import Host
import Simulation
import Testing

/// Subfunctions, from `devlink port add` to `devlink port del`: commands typed from section 3.8.
@Suite struct SubfunctionTests {
    private func device() -> ScriptedDevice {
        var software = HostSoftwareParameters()
        software.coreCount = 1
        let device = ScriptedDevice(software)
        device.isManager = true
        device.probe()
        device.commands = device.commands.filter { $0.opcode == 0x301 }
        return device
    }

    private let adding = "devlink port add pci/0000:03:00.0 flavour pcisf pfnum 0 sfnum 88"

    /// The device's state of the first subfunction changes, and it says so.
    private func change(_ device: ScriptedDevice, to state: UInt8) {
        device.states[0x8000] = state
        device.event(0x0f, [0x22: 0x80, 0x23: 0])
    }

    private func makeActive(_ device: ScriptedDevice) {
        #expect(device.output(of: adding).hasPrefix("pci/0000:03:00.0/32768: "))
        #expect(device.execute("devlink port function set pci/0000:03:00.0/32768 state active") == nil)
        change(device, to: 2)
    }

    @Test func addingAllocatesNumbersAndArms() {
        let device = device()
        #expect(
            device.output(of: adding) == """
                pci/0000:03:00.0/32768: type notset flavour pcisf controller 0 pfnum 0 sfnum 88 splittable false
                  function:
                    hw_addr 00:00:00:00:00:00 state inactive opstate detached

                """)
        let commands = device.commands.filter { [0x113, 0xb0e].contains($0.opcode) }
        #expect(commands.count == 3)
        // ALLOC_SF of function 0x8000.
        #expect(commands[0].input == [0x01, 0x13, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0, 0, 0, 0, 0])
        // MODIFY_VHCA_STATE: software function number 88, then arm.
        #expect(commands[1].input[..<16] == [0x0b, 0x0e, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0, 0, 0, 0, 2])
        #expect(commands[1].input[16..<24] == [0, 0, 0, 0, 0, 0, 0, 88])
        #expect(commands[2].input[12..<20] == [0, 0, 0, 1, 0x80, 0, 0, 0])
        // The same number again, another physical function, a third too many.
        #expect(device.execute(adding) == "Error: mlx5_core: SF already exist. Choose different sfnum.")
        #expect(
            device.execute("devlink port add pci/0000:03:00.0 flavour pcisf pfnum 1 sfnum 89")
                == "Error: mlx5_core: Invalid pfnum supplied.")
        for number in 1...3 {
            #expect(device.execute("devlink port add pci/0000:03:00.0 flavour pcisf pfnum 0 sfnum \(number)") == nil)
        }
        #expect(
            device.execute("devlink port add pci/0000:03:00.0 flavour pcisf pfnum 0 sfnum 9")
                == "kernel answers: No space left on device")
    }

    @Test func activeSubfunctionsAreProbedOverTheirSlice() {
        let device = device()
        #expect(device.execute(adding) == nil)
        device.commands.removeAll { $0.opcode != 0x301 }
        #expect(
            device.execute(
                "devlink port function set pci/0000:03:00.0/32768 hw_addr 02:00:00:00:88:88 state active") == nil)
        // The address first, then ENABLE_HCA of 0x8000.
        let context = device.commands.first { $0.opcode == 0x755 }
        #expect(context?.input[8..<16] == [0x80, 0, 0x80, 0, 0, 0, 0, 8])
        #expect(context?.input[0x1f4..<0x1fc] == [0, 0, 2, 0, 0, 0, 0x88, 0x88])
        let enabling = device.commands.first { $0.opcode == 0x104 }
        #expect(enabling?.owner == 0 && enabling?.input[8..<12] == [0, 0, 0x80, 0])
        change(device, to: 2)
        #expect(device.state == .ready, "\(device.log)")
        // Its own commands come through slice 0 of BAR 2, and it is asked for events of its next change.
        let own = device.commands.filter { $0.owner == 64 }
        #expect(own.first?.opcode == 0x104)
        #expect(own.contains { $0.opcode == 0x102 })
        #expect(device.commands.contains { $0.owner == 0 && $0.opcode == 0xb0d })
        #expect(
            device.output(of: "ls /sys/bus/auxiliary/devices")
                == "mlx5_core.eth.0\nmlx5_core.eth.1\nmlx5_core.sf.1\n")
        // Its event queues use a vector of the parent: 1 is the only one behind the control vector.
        let queues = own.filter { $0.opcode == 0x301 }
        #expect(
            queues.count == 4 && queues.allSatisfy { $0.input[0x27] == 1 }, "\(queues.map { $0.input[0x1c..<0x28] })")
        #expect(device.execute("ip link set dev eth0s88 up") == nil, "\(device.log)")
        #expect(device.software.netdev(named: "eth0s88") != nil)
        // No port register is written by a subfunction.
        #expect(device.commands.filter { $0.owner == 64 && $0.opcode == 0x805 && $0.modifier == 0 }.isEmpty)
        // A vport without an address gets one that is made up, and is told.
        let told = device.commands.first { $0.owner == 64 && $0.opcode == 0x755 && $0.input[15] & 8 != 0 }
        #expect(told != nil)
    }

    @Test func deletingWaitsForTheDevice() {
        let device = device()
        makeActive(device)
        #expect(device.execute("ip link set dev eth0s88 up") == nil)
        let deletion = device.begin("devlink port del pci/0000:03:00.0/32768")
        device.run()
        #expect(device.result(of: deletion).failure == "never ended" || device.result(of: deletion).output.isEmpty)
        change(device, to: 4)
        // The driver has let go by itself: TEARDOWN_HCA and DISABLE_HCA through the slice.
        #expect(device.commands.contains { $0.owner == 64 && $0.opcode == 0x103 })
        #expect(device.software.outstanding(of: FunctionID(64)).memoryByteCount == 0)
        change(device, to: 1)
        #expect(device.result(of: deletion).failure == nil)
        #expect(device.commands.contains { $0.owner == 0 && $0.opcode == 0x114 })
        #expect(device.output(of: "ls /sys/bus/auxiliary/devices") == "mlx5_core.eth.0\n")
        // The slice and the number are free again.
        #expect(device.output(of: adding).hasPrefix("pci/0000:03:00.0/32768: "))
    }

    @Test func theDriverOfASubfunctionIsUnboundAlone() {
        let device = device()
        makeActive(device)
        let path = "/sys/bus/auxiliary/drivers/mlx5_core.sf"
        #expect(device.execute("echo mlx5_core.sf.1 > \(path)/unbind") == nil, "\(device.log)")
        #expect(device.output(of: "ls /sys/bus/auxiliary/devices") == "mlx5_core.eth.0\nmlx5_core.sf.1\n")
        #expect(device.execute("echo mlx5_core.sf.1 > \(path)/unbind") == "write error: No such device")
        #expect(device.execute("echo mlx5_core.sf.1 > \(path)/bind") == nil, "\(device.log)")
        #expect(device.execute("ip link set dev eth0s88 up") == nil)
        #expect(device.execute("ip link set dev eth0 up") == nil)
    }

    @Test func aParentTakesItsSubfunctionsAlong() {
        let device = device()
        makeActive(device)
        device.remove()
        #expect(device.state == .absent, "\(device.log)")
        #expect(device.outstanding == [0, 0, 0])
        #expect(device.software.outstanding(of: FunctionID(64)).memoryByteCount == 0)
        #expect(device.output(of: "ls /sys/bus/auxiliary/devices").isEmpty)
    }

    @Test func whoManagesNothingHasNoPorts() {
        let device = ScriptedDevice(HostSoftwareParameters())
        device.probe()
        #expect(device.execute(adding) == "Error: mlx5_core: SF ports are not supported.")
    }
}
