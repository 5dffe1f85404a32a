import Driver
import Host
import NIC
import Scenario
import Simulation
import Wire

/// The disturbance: traffic, settings, lives that end, at random times and at the same time.
extension SweepProgram {
    /// Parties that things may happen to.
    private var targets: [Int] { (0..<6).filter { !(isGuestFenced && $0 == 2) } }

    /// Whether something of the parent that its children would notice is allowed.
    private var mayTouchParent: Bool { !isGuestFenced }

    func disturb() {
        if hasRogue { loosenRogue() }
        for _ in 0..<6 + below(12) {
            if isRogueLoose, chance(2) { actAsRogue() } else { act() }
            let pause: UInt64 =
                switch below(6) {
                case 0: 0
                case 1: 1_000_000 * random.next(below: 150_000)
                default: 1000 * random.next(below: 60_000)
                }
            bench.run(until: bench.now + .picoseconds(pause))
            note()
        }
        endRogue()
        bench.settle()
        note()
        for command in bench.pending { complaints.append("never ended: \(command.text)") }
    }

    /// Takes over which commands have ended, and looks at what has arrived.
    private func note() {
        let pending = Set(bench.pending.map(\.number))
        for command in bench.takeEnded() where command.failure == nil {
            for party in rules.parties.indices {
                rules.parties[party].commit(command.number, pending: pending, at: bench.now)
            }
            if command.text.hasPrefix("devlink port add"), let port = Self.port(in: command.output),
                let number = command.text.split(separator: " ").last.flatMap({ Int($0) })
            {
                ports[number] = port
            }
        }
        for sighting in bench.takeSightings() where sighting.isArrival { judge(sighting) }
    }

    private func judge(_ sighting: SweepWorld.Sighting) {
        let point = bench.parties[sighting.party].point
        guard let identity = sighting.identity, identity.serial < bench.frames.count else {
            let isFenced = sighting.party == 6 || isGuestFenced && sighting.party == 2
            if isFenced || !hasRogue && !hasSpoilt { complaints.append("\(point) sees a frame that nobody has sent") }
            return
        }
        let frame = bench.frames[identity.serial]
        // The rogue may send anything again, at any time.
        if hasRogue, frame.sender == 1, sighting.party < 6 { return }
        if frame.places.contains(sighting.party) {
            complaints.append("\(point) sees frame \(identity.serial) twice")
        }
        bench.frames[identity.serial].places.append(sighting.party)
        guard frame.sender == identity.sender, frame.source == sighting.source,
            frame.destination == sighting.destination
        else { return complaints.append("\(point) sees frame \(identity.serial) with other addresses") }
        if let refusal = rules.refusal(frame, at: sighting.party, tag: identity.tag, by: sighting.time) {
            complaints.append(
                """
                \(point) sees frame \(identity.serial), \(frame.source) of \(bench.parties[frame.sender].point) to \
                \(frame.destination), tag \(frame.tag ?? 0): \(refusal)
                """)
        }
    }

    // MARK: Actions

    private func act() {
        switch below(16) {
        case 0...4: burst(from: targets[below(targets.count)])
        case 5: burst(from: 7)
        case 6, 7: assign()
        case 8, 9: setNetdev()
        case 10: if mayTouchParent { changeCount() }
        case 11: changePort()
        case 12: bindOrUnbind()
        case 13: reset()
        default: misbehave()
        }
    }

    /// Some frames from one to others, now and then far too many.
    private func burst(from sender: Int) {
        guard sender == 7 || bench.hasNetdev(bench.parties[sender]) else { return }
        let count = chance(8) ? 150 : 1 + below(12)
        for _ in 0..<count {
            let destination = pickDestination()
            var source = sender == 7 ? bench.parties[7].address : rules.parties[sender].address.last
            if chance(6) { source = rules.parties[below(6)].address.last }
            let tag: UInt16? = chance(6) ? (chance(2) ? 100 : 200) : nil
            bench.send(
                SweepFrame.Record(sender: sender, destination: destination, source: source, tag: tag, time: bench.now),
                byteCount: 60 + below(10) * 30)
        }
    }

    private func pickDestination() -> MACAddress {
        switch below(10) {
        case 0 where !isGuestFenced: return .broadcast
        case 1 where !isGuestFenced: return MACAddress(1, 0, 0x5e, 0, 0, 0x77)
        case 2: return MACAddress(2, 0xee, 0, 0, 0, 1)
        case 3: return bench.parties[6 + below(3)].address
        default: return rules.parties[targets[below(targets.count)]].address.last
        }
    }

    /// What the manager sets about a virtual function.
    private func assign() {
        let virtual = targets.filter { if case .virtual = bench.parties[$0].kind { true } else { false } }
        let party = virtual[below(virtual.count)]
        guard case .virtual(let number) = bench.parties[party].kind, bench.hasNetdev(bench.parties[0]) else { return }
        let vf = "ip link set eth0 vf \(number)"
        let now = bench.now
        rules.parties[party].isRewritten.begin(true, number: 0, at: now)
        defer { rules.parties[party].isRewritten.begin(false, number: bench.lastCommand, at: now) }
        switch below(7) {
        case 0:
            let address = chance(2) ? rules.parties[party].address.last : MACAddress(2, 0xbb, 0, 0, 0, UInt8(party))
            rules.parties[party].assigned.begin(address, number: bench.begin("\(vf) mac \(address)", on: 0), at: now)
        case 1:
            let vlan = [0, 100, 200][below(3)]
            rules.parties[party].vlan.begin(
                UInt16(vlan), number: bench.begin("\(vf) vlan \(vlan)", on: 0), at: now)
        case 2:
            let isOn = !chance(3)
            rules.parties[party].checksSource.begin(
                isOn, number: bench.begin("\(vf) spoofchk \(isOn ? "on" : "off")", on: 0), at: now)
        case 3:
            let isOn = chance(2)
            rules.parties[party].isTrusted.begin(
                isOn, number: bench.begin("\(vf) trust \(isOn ? "on" : "off")", on: 0), at: now)
        case 4:
            let isDown = chance(2)
            rules.parties[party].isHeldDown.begin(
                isDown, number: bench.begin("\(vf) state \(isDown ? "disable" : "auto")", on: 0), at: now)
        case 5: bench.begin("\(vf) max_tx_rate \(chance(3) ? 0 : 10 + below(1000))", on: 0)
        default: bench.begin("\(vf) min_tx_rate \(chance(3) ? 0 : 10 + below(1000))", on: 0)
        }
    }

    private func setNetdev() {
        let party = targets[below(targets.count)]
        let place = bench.parties[party]
        guard bench.hasNetdev(place) else { return }
        let dev = "ip link set dev \(place.netdev)"
        let now = bench.now
        switch below(6) {
        // With the parent's interface the link of all goes down.
        case 0 where party > 0 || mayTouchParent: bench.begin("\(dev) down", on: place.host)
        case 0, 1, 2: bench.begin("\(dev) up", on: place.host)
        case 3:
            let address = chance(2) ? place.address : MACAddress(2, 0xcc, 0, 0, 0, UInt8(party))
            rules.parties[party].address.begin(
                address, number: bench.begin("\(dev) address \(address)", on: place.host), at: now)
        case 4:
            let isOn = chance(2)
            rules.parties[party].isPromiscuous.begin(
                isOn, number: bench.begin("\(dev) promisc \(isOn ? "on" : "off")", on: place.host), at: now)
        default:
            let isOn = chance(2)
            rules.parties[party].isListeningToAll.begin(
                isOn, number: bench.begin("\(dev) allmulticast \(isOn ? "on" : "off")", on: place.host), at: now)
        }
    }

    // MARK: Lives

    /// What is known of `parties` is what it was, or what a new life begins with.
    private func reborn(_ parties: some Sequence<Int>, _ number: Int, keepsManagers: Bool) {
        for party in parties {
            rules.parties[party].beginAnew(
                bench.parties[party].address, number: number, keepsManagers: keepsManagers, at: bench.now)
        }
    }

    private func changeCount() {
        guard bench.hasNetdev(bench.parties[0]) else { return }
        endRogue()
        let count = chance(2) ? 0 : 1 + below(3)
        let number = bench.begin("echo \(count) > /sys/class/net/eth0/device/sriov_numvfs", on: 0)
        reborn(1...3, number, keepsManagers: false)
    }

    private func changePort() {
        let number = 1 + below(2)
        let party = 3 + number
        guard let port = ports[number], !chance(4) else {
            reborn(
                [party], bench.begin("devlink port add \(Self.pci) flavour pcisf pfnum 0 sfnum \(number)", on: 0),
                keepsManagers: false)
            return
        }
        let handle = "\(Self.pci)/\(port)"
        switch below(4) {
        case 0:
            reborn([party], bench.begin("devlink port del \(handle)", on: 0), keepsManagers: false)
            if chance(2) { ports[number] = nil }
        case 1:
            reborn(
                [party], bench.begin("devlink port function set \(handle) state inactive", on: 0), keepsManagers: false)
        case 2:
            reborn(
                [party], bench.begin("devlink port function set \(handle) state active", on: 0), keepsManagers: false)
        default:
            // Beside a number that is in use another one comes, and takes the place of one that has gone.
            bench.begin("devlink port add \(Self.pci) flavour pcisf pfnum 0 sfnum \(number)", on: 0)
        }
    }

    private func bindOrUnbind() {
        let host = mayTouchParent ? [0, 0, 1, 2][below(4)] : [0, 1][below(2)]
        let devices = auxiliaryDevices(of: host)
        guard !devices.isEmpty else { return }
        let device = devices[below(devices.count)]
        if host == 1 || device.hasPrefix("mlx5_core.eth") { endRogue() }
        let driver = device.split(separator: ".").dropLast().joined(separator: ".")
        let isBinding = chance(2)
        let number = bench.begin(
            "echo \(device) > /sys/bus/auxiliary/drivers/\(driver)/\(isBinding ? "bind" : "unbind")", on: host)
        reborn(targets, number, keepsManagers: true)
    }

    /// The devices of the auxiliary bus of a host that may be touched: not the bystander's.
    private func auxiliaryDevices(of host: Int) -> [String] {
        let text = bench.execute("ls /sys/bus/auxiliary/devices", on: host).output
        return text.split(separator: "\n").map(String.init).filter { device in
            host != 0 || device != spared && (mayTouchParent || device != parentDevice)
        }
    }

    private func reset() {
        // Linux has no such file for subfunctions: they are no PCI functions.
        let candidates = targets.filter { $0 < 4 && ($0 != 0 || mayTouchParent) }
        let party = candidates[below(candidates.count)]
        let place = bench.parties[party]
        guard bench.hasNetdev(place) else { return }
        if party < 2 { endRogue() }
        guard bench.hasNetdev(place) else { return }
        if party == 0, chance(3) {
            reborn(targets, bench.begin("devlink dev reload \(Self.pci)", on: 0), keepsManagers: false)
            return
        }
        let number = bench.begin("echo 1 > /sys/class/net/\(place.netdev)/device/reset", on: place.host)
        reborn(party == 0 ? targets : [party], number, keepsManagers: party != 0)
    }
}
