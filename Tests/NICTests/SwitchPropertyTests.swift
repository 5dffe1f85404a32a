import Host
import NIC
import Simulation
import Testing
import Wire

/// Random rules of the switch and random frames against what the rules say, and the books.
struct SwitchPropertyTests {
    /// What a seed makes: which vport gets which address, and who may send what.
    private struct Rules {
        /// Destinations of the frames to address *n*.
        var destinations: [[Int]] = []
        /// Addresses that vport *n* may send from; `nil` for all.
        var allowed: [[Int]?] = []
        /// VLAN that is put on what vport *n* sends, and taken off what it receives.
        var vlans: [UInt16?] = []
        var isUp: [Bool] = []
    }

    private static let functionCount = 5
    private static let addressCount = 8

    private func makeRules(_ random: inout SplitMix) -> Rules {
        var rules = Rules()
        for _ in 0..<Self.addressCount {
            // Vports 0 to 4, and 5 for the uplink.
            var destinations = (0...Self.functionCount).filter { _ in random.next(below: 4) == 0 }
            destinations.shuffle(using: &random)
            rules.destinations.append(destinations)
        }
        for _ in 0..<Self.functionCount {
            let isChecked = random.next(below: 3) == 0
            rules.allowed.append(isChecked ? (0..<Self.addressCount).filter { _ in random.next(below: 2) == 0 } : nil)
            rules.vlans.append(random.next(below: 3) == 0 ? UInt16(1 + random.next(below: 3)) : nil)
            rules.isUp.append(random.next(below: 8) != 0)
        }
        return rules
    }

    private func install(_ rules: Rules, in world: SwitchBench) {
        let table = world.table(.fdb) {
            $0.set(MatchLayer24.dmac15_0, .max)
            $0.set(MatchLayer24.dmac47_16, .max)
        }
        for (address, vports) in rules.destinations.enumerated() where !vports.isEmpty {
            let destinations = vports.map { $0 == Self.functionCount ? SwitchBench.uplink : SwitchBench.vport($0) }
            world.entry(table, address, .forward, to: destinations) {
                $0.set(MatchLayer24.dmac47_16, 0x0200_0000)
                $0.set(MatchLayer24.dmac15_0, 0x1000 + UInt32(address))
            }
        }
        world.bench.nic.switching.eswitches[0].forwardingRoot = table
        for vport in 0..<Self.functionCount {
            let index = Int(world.functions[vport].index)
            if !rules.isUp[vport] { world.bench.nic.functions[index].vport.adminState = .down }
            let control = world.bench.nic.makeControl(of: VportNumber(UInt16(vport)), inEswitch: 0)
            if let vlan = rules.vlans[vport] {
                world.bench.nic.switching.controls[control].insertion = .ifUntagged
                world.bench.nic.switching.controls[control].tag = vlan
                world.bench.nic.switching.controls[control].stripsTag = true
            }
            guard let allowed = rules.allowed[vport] else { continue }
            let list = world.table(.ingressACL) { $0.set(MatchLayer24.smac15_0, .max) }
            for address in allowed {
                world.entry(list, address, .allow) { $0.set(MatchLayer24.smac15_0, 0x1000 + UInt32(address)) }
            }
            world.entry(list, 255, group: 1, .drop)
            world.bench.nic.switching.controls[control].ingressList = list
        }
    }

    /// The vports that a frame reaches, and the frame on the wire.
    private func expected(
        _ rules: Rules, from source: Int, address: Int, to destination: Int
    ) -> (vports: [Int], isSent: Bool) {
        if source < Self.functionCount {
            guard rules.isUp[source], rules.allowed[source]?.contains(address) != false else { return ([], false) }
        }
        // What no rule knows leaves by the uplink.
        if rules.destinations[destination].isEmpty { return ([], source < Self.functionCount) }
        let reached = rules.destinations[destination].filter { $0 != source }
        return (
            reached.filter { $0 < Self.functionCount && rules.isUp[$0] },
            source != Self.functionCount && reached.contains(Self.functionCount)
        )
    }

    @Test(arguments: 0..<400 as Range<UInt64>) func framesGoWhereTheRulesSayAndNowhereElse(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let rules = makeRules(&random)
        let world = SwitchBench(virtualCount: Self.functionCount - 1)
        install(rules, in: world)
        for _ in 0..<40 {
            let source = Int(random.next(below: UInt64(Self.functionCount + 1)))
            let address = Int(random.next(below: UInt64(Self.addressCount)))
            let destination = Int(random.next(below: UInt64(Self.addressCount)))
            let frame = SwitchBench.frame(from: address, to: destination)
            if source == Self.functionCount { world.bench.receive(frame) } else { world.send(frame, from: source) }
            let arrivals = world.arrivals()
            let sent = world.departures()
            let (vports, isSent) = expected(rules, from: source, address: address, to: destination)
            guard arrivals == vports, sent.count == (isSent ? 1 : 0), world.bench.isBalanced else {
                Issue.record("seed \(seed): \(source) to \(destination): \(arrivals), \(sent.count) of \(vports)")
                return
            }
            // The tag of the sender is on the wire, and gone where the receiver's context takes tags off.
            let tag = source < Self.functionCount ? rules.vlans[source] : nil
            let tagged = SwitchBench.frame(from: address, to: destination, tag: tag, byteCount: tag == nil ? 64 : 0)
            if let bytes = sent.first { #expect(Array(bytes[..<14]) == Array(tagged[..<14]), "seed \(seed)") }
            for sighting in world.sightings where sighting.direction == .inbound && sighting.reason == .steeringMiss {
                let isPlain = tag == nil || rules.vlans[sighting.function] != nil
                #expect((sighting.bytes == frame) == isPlain, "seed \(seed)")
            }
        }
        #expect(world.bench.medium.frames.inFlightCount == 0)
    }
}
