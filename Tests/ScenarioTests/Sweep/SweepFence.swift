import Driver
import Host
import NIC
import Scenario
import Simulation
import Wire

/// What must not change while things happen to others: pages of memory and counters.
struct SweepFence {
    /// Sum of everything that lies in the pages of a function, by the address that it knows them under.
    private struct Pages: Equatable {
        var count = 0
        var sum: UInt64 = 0
    }

    private let function: FunctionID
    private let party: SweepParty
    private let pages: Pages
    private let counters: [String]

    /// Watches the function of `party` in `bench` from now on.
    init?(_ party: SweepParty, in bench: SweepWorld) {
        guard let function = bench.function(of: party) else { return nil }
        self.function = function
        self.party = party
        pages = Self.pages(of: function, host: party.host, in: bench)
        counters = Self.counters(of: function, party, in: bench)
    }

    /// What has changed.
    func complaints(in bench: SweepWorld) -> [String] {
        var complaints: [String] = []
        let now = Self.pages(of: function, host: party.host, in: bench)
        if now != pages { complaints.append("memory of \(party.point) has changed: \(pages) to \(now)") }
        let present = Self.counters(of: function, party, in: bench)
        for (before, after) in zip(counters, present) where before != after {
            complaints.append("\(party.point): \(before) has become \(after)")
        }
        if present.count != counters.count { complaints.append("\(party.point) has other counters") }
        return complaints
    }

    private static func pages(of function: FunctionID, host: Int, in bench: SweepWorld) -> Pages {
        var pages = Pages()
        let domain = bench.world.platform[host].domain(of: function)
        let end = bench.world.platform[host].memory.byteCount
        for physical in stride(from: 0 as UInt64, to: end, by: 4096) {
            // Where the driver of the sweep puts its memory (`DMAAllocator`).
            guard let (place, _) = domain.translate(physical + 0x10_0000_0000) else { continue }
            pages.count += 1
            pages.sum = sum(of: place, byteCount: 4096, host: host, pages.sum, in: bench)
        }
        return pages
    }

    /// A sum that a change of any byte changes.
    static func sum(of place: UInt64, byteCount: Int, host: Int, _ start: UInt64, in bench: SweepWorld) -> UInt64 {
        var sum = start
        guard let (pointer, _) = try? bench.world.platform[host].memory.pointer(at: place) else { return sum }
        for offset in stride(from: 0, to: byteCount, by: 8) {
            sum = (sum ^ pointer.load(fromByteOffset: offset, as: UInt64.self)) &* 0x9e37_79b9_7f4a_7c15
            sum ^= sum >> 29
        }
        return sum
    }

    private static func counters(of function: FunctionID, _ party: SweepParty, in bench: SweepWorld) -> [String] {
        var counters: [String] = []
        let index = Int(function.index)
        guard bench.world[nic: 0].functions.contains(index) else { return ["gone"] }
        let vport = bench.world[nic: 0].functions[index].vport.counters
        for (name, pair) in [
            ("received unicast", vport.receivedUnicast), ("received multicast", vport.receivedMulticast),
            ("received broadcast", vport.receivedBroadcast), ("transmitted unicast", vport.transmittedUnicast),
            ("transmitted multicast", vport.transmittedMulticast),
            ("transmitted broadcast", vport.transmittedBroadcast),
        ] { counters.append("\(name) \(pair.frames) frames of \(pair.octets) octets") }
        counters.append("discards \(vport.receiveDiscardsDown) \(vport.transmitDiscardsDown) \(vport.steeringDiscards)")
        counters.append("objects \(SweepRemains.objectCount(of: index, in: bench))")
        counters.append("generation \(bench.world[nic: 0].functions[index].generation)")
        if let netdev = bench.world[computer: party.host].software.netdev(named: party.netdev) {
            counters += bench.world[computer: party.host].software.counters(of: netdev).map { "\($0.name) \($0.value)" }
        }
        if party.kind == .bystander {
            let port = bench.world[nic: 0].ports[1].counters
            counters.append("port \(port.receivedFrames) \(port.transmittedFrames) \(port.receiveDiscards)")
        }
        return counters
    }
}

/// Memory of each host that belongs to nobody: nothing may ever be written there.
struct SweepCanary {
    private static let byteCount = 1 << 16
    private let sums: [UInt64]

    init(_ bench: SweepWorld) {
        var sums: [UInt64] = []
        for host in 0..<bench.world.platform.hostCount {
            if let (pointer, _) = try? bench.world.platform[host].memory.pointer(at: 0) {
                pointer.initializeMemory(as: UInt8.self, repeating: 0xc5, count: Self.byteCount)
            }
            sums.append(SweepFence.sum(of: 0, byteCount: Self.byteCount, host: host, 0, in: bench))
        }
        self.sums = sums
    }

    func complaints(in bench: SweepWorld) -> [String] {
        sums.indices.compactMap { host in
            let sum = SweepFence.sum(of: 0, byteCount: Self.byteCount, host: host, 0, in: bench)
            return sum == sums[host] ? nil : "memory of host \(host) that is nobody's has been written"
        }
    }
}
