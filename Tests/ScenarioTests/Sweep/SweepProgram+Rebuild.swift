import Driver
import Host
import NIC
import Scenario
import Simulation
import Wire

/// After whatever has happened: all functions go, others come in their places, and settings are made that are known.
extension SweepProgram {
    /// The function of a party, subfunctions by the port that they were given.
    func function(of party: Int) -> FunctionID? {
        guard case .sub(let number) = bench.parties[party].kind else { return bench.function(of: bench.parties[party]) }
        return ports[number].map { bench.world[nic: 0].layout.sub($0 - 0x8000, of: 0) }
    }

    func rebuild() {
        recoverParent()
        // Whatever its queues were told, they are gone with the interface's channels.
        must("ip link set dev eth0 down", on: 0)
        must("echo 0 > /sys/class/net/eth0/device/sriov_numvfs", on: 0)
        for line in must("devlink port show", on: 0).split(separator: "\n") where line.contains("pcisf") {
            if let port = Self.port(in: line) { must("devlink port del \(Self.pci)/\(port)", on: 0) }
        }
        bench.settle()
        if bench.tells { tellPages() }
        complaints += SweepRemains(bench).ofFrames() + SweepRemains(bench).ofChildren()
        guard complaints.isEmpty else { return }
        ports = [:]
        rules = SweepRules(bench.parties)
        must("ip link set dev eth0 address 02:00:00:00:00:01 promisc off allmulticast off up", on: 0)
        rules.parties[0].isOpen = true
        rules.parties[6].isOpen = true
        must("echo \(below(4)) > /sys/class/net/eth0/device/sriov_numvfs", on: 0)
        for number in 1...2 where chance(2) { addSubfunction(number) }
        bench.settle()
        for party in 1..<6 where bench.hasNetdev(bench.parties[party]) {
            set(party)
            guard !chance(6) else { continue }
            open(party)
            rules.parties[party].isOpen = true
        }
        bench.settle()
    }

    /// Makes the parent's netdev come back, whatever was done to it.
    private func recoverParent() {
        if !bench.hasNetdev(bench.parties[0]) {
            let devices = must("ls /sys/bus/auxiliary/devices", on: 0).split(separator: "\n")
            for device in devices where device.hasPrefix("mlx5_core.eth.") && device != spared {
                _ = bench.execute("echo \(device) > /sys/bus/auxiliary/drivers/mlx5_core.eth/bind", on: 0)
            }
            bench.settle()
        }
        if !bench.hasNetdev(bench.parties[0]) { complaints.append("the parent has no netdev any more") }
    }

    /// Makes some settings of a function that has just come into being.
    private func set(_ party: Int) {
        let place = bench.parties[party]
        let now = bench.now
        if chance(4) {
            let address = MACAddress(2, 0xaa, 0, 0, 0, UInt8(party))
            must("ip link set dev \(place.netdev) address \(address)", on: place.host)
            rules.parties[party].address.settle(address, at: now)
        }
        if chance(5) {
            must("ip link set dev \(place.netdev) promisc on", on: place.host)
            rules.parties[party].isPromiscuous.settle(true, at: now)
        }
        if chance(5) {
            must("ip link set dev \(place.netdev) allmulticast on", on: place.host)
            rules.parties[party].isListeningToAll.settle(true, at: now)
        }
        guard case .virtual(let number) = place.kind else { return }
        let vf = "ip link set eth0 vf \(number)"
        if chance(3) {
            let address = rules.parties[party].address.last
            must("\(vf) mac \(address)", on: 0)
            must("\(vf) spoofchk on", on: 0)
            rules.parties[party].assigned.settle(address, at: now)
            rules.parties[party].checksSource.settle(true, at: now)
        }
        if chance(4) {
            let vlan: UInt16 = chance(2) ? 100 : 200
            must("\(vf) vlan \(vlan)", on: 0)
            rules.parties[party].vlan.settle(vlan, at: now)
        }
        if chance(3) {
            must("\(vf) trust on", on: 0)
            rules.parties[party].isTrusted.settle(true, at: now)
        }
        if chance(6) {
            must("\(vf) state disable", on: 0)
            rules.parties[party].isHeldDown.settle(true, at: now)
        }
        if chance(6) { must("\(vf) max_tx_rate \(100 + below(400))", on: 0) }
    }
}
