import Driver
import Simulation
import Testing

/// Auxiliary devices and their drivers: bound and unbound one at a time, loaded or absent.
@Suite struct AuxiliaryTests {
    private func device() -> ScriptedDevice {
        var software = HostSoftwareParameters()
        software.coreCount = 1
        software.logReceiveRing = 6
        software.logTransmitRing = 6
        let device = ScriptedDevice(software)
        device.probe()
        return device
    }

    private let unbinding = "echo mlx5_core.eth.0 > /sys/bus/auxiliary/drivers/mlx5_core.eth/unbind"
    private let binding = "echo mlx5_core.eth.0 > /sys/bus/auxiliary/drivers/mlx5_core.eth/bind"

    @Test func aNetdevGoesAndComesWithItsDriver() {
        let device = device()
        #expect(device.output(of: "ls /sys/bus/auxiliary/devices") == "mlx5_core.eth.0\n")
        #expect(device.execute("ip link set dev eth0 up") == nil)
        #expect(device.execute(unbinding) == nil, "\(device.log)")
        // The device is still there; the netdev is not, and the core driver keeps what is its own.
        #expect(device.output(of: "ls /sys/bus/auxiliary/devices") == "mlx5_core.eth.0\n")
        #expect(device.execute("ip link show dev eth0") == "Cannot find device \"eth0\"")
        #expect(device.state == .ready)
        #expect(device.execute(unbinding) == "write error: No such device")
        #expect(device.execute(binding) == nil, "\(device.log)")
        #expect(device.execute(binding) == "write error: Device or resource busy")
        #expect(device.execute("ip link set dev eth0 up") == nil)
        device.remove()
        #expect(device.outstanding == [0, 0, 0])
    }

    @Test func unbindingGivesBackWhatTheNetdevHad() {
        let device = device()
        #expect(device.execute(unbinding) == nil)
        let bare = device.outstanding
        #expect(device.execute(binding) == nil)
        #expect(device.outstanding[0] > bare[0])
        #expect(device.execute("ip link set dev eth0 up") == nil)
        #expect(device.execute(unbinding) == nil)
        // One thing stays with the core driver: the event queue of the first channel.
        #expect(device.outstanding[0] <= bare[0] + 1)
    }

    @Test func unbindingWaitsForWhatIsUnderWay() {
        let device = device()
        let opening = device.begin("ip link set dev eth0 up")
        let leaving = device.begin(unbinding)
        let setting = device.begin("ip link set dev eth0 mtu 1400")
        device.run()
        #expect(device.result(of: opening).failure == nil)
        #expect(device.result(of: leaving).failure == nil)
        #expect(device.result(of: setting).failure == "the network interface is gone")
        #expect(device.execute(binding) == nil)
        #expect(device.execute("ip link set dev eth0 up") == nil)
    }

    @Test func whatDoesNotExistIsRefused() {
        let device = device()
        #expect(device.execute("modprobe mlx5_ib") == "modprobe: FATAL: Module mlx5_ib not found.")
        #expect(device.execute("rmmod mlx5_vdpa") == "rmmod: ERROR: Module mlx5_vdpa is not currently loaded")
        let path = "/sys/bus/auxiliary/drivers/mlx5_ib.rdma/bind"
        #expect(device.execute("echo mlx5_core.rdma.0 > \(path)") == "\(path): No such file or directory")
        #expect(
            device.execute("echo mlx5_core.eth.7 > /sys/bus/auxiliary/drivers/mlx5_core.eth/bind")
                == "write error: No such device")
    }

    @Test func aFailedBindingIsTakenBack() {
        let device = device()
        #expect(device.execute(unbinding) == nil)
        let bare = device.outstanding
        device.failing = 0x916
        #expect(device.execute(binding)?.contains("(0x916)") == true)
        #expect(device.outstanding == bare, "\(device.log)")
        device.failing = nil
        #expect(device.execute(binding) == nil)
    }

    @Test func theModuleGoesAndComesWithEverything() {
        let device = device()
        #expect(device.execute("ip link set dev eth0 up") == nil)
        #expect(device.execute("rmmod mlx5_core") == nil, "\(device.log)")
        #expect(device.state == .absent)
        #expect(device.outstanding == [0, 0, 0])
        #expect(device.output(of: "ls /sys/bus/auxiliary/devices").isEmpty)
        #expect(device.execute("modprobe mlx5_core") == nil)
        #expect(device.state == .ready)
        #expect(device.execute("ip link set dev eth0 up") == nil)
    }

    @Test func aParameterActsAtTheNextReload() {
        let device = device()
        let handle = "pci/0000:03:00.0"
        #expect(device.execute("ip link set dev eth0 up") == nil)
        #expect(device.execute("devlink dev param set \(handle) name enable_eth value false cmode driverinit") == nil)
        #expect(device.output(of: "ip link show dev eth0").contains("UP"))
        #expect(
            device.output(of: "devlink dev reload \(handle)") == "reload_actions_performed:\n    driver_reinit\n")
        #expect(device.state == .ready)
        #expect(device.output(of: "ls /sys/bus/auxiliary/devices").isEmpty)
        #expect(device.execute("ip link show dev eth0") != nil)
        #expect(device.execute("devlink dev param set \(handle) name enable_eth value true cmode driverinit") == nil)
        #expect(
            device.output(of: "devlink -j dev reload \(handle)")
                == "{\"reload\":{\"reload_actions_performed\":[\"driver_reinit\"]}}\n")
        #expect(device.execute("ip link set dev eth0 up") == nil)
        // What the function does not offer has no parameter.
        #expect(
            device.execute("devlink dev param set \(handle) name enable_rdma value true cmode driverinit")
                == "kernel answers: Invalid argument")
    }

    @Test func devlinkPrintsWhatTheRealToolPrints() {
        let device = device()
        #expect(device.output(of: "devlink dev show") == "pci/0000:03:00.0\n")
        #expect(device.output(of: "devlink -j dev show") == "{\"dev\":{\"pci/0000:03:00.0\":{}}}\n")
        #expect(device.output(of: "devlink dev info pci/0000:03:00.0").contains("      fw.version 22.99.1\n"))
        #expect(
            device.output(of: "devlink port show")
                == "pci/0000:03:00.0/65535: type eth netdev eth0 flavour physical port 0 splittable false\n")
        #expect(
            device.output(of: "devlink dev param show pci/0000:03:00.0 name enable_eth") == """
                pci/0000:03:00.0:
                  name enable_eth type generic
                    values:
                      cmode driverinit value true

                """)
        #expect(device.execute("devlink dev info pci/0000:04:00.0") == "kernel answers: No such device")
    }
}
