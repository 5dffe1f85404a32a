import Driver
import Host
import NIC
import Scenario
import Simulation
import Wire

/// One seed of the sweep: a life of a world, and everything that is wrong with it.
final class SweepProgram {
    let seed: UInt64
    let bench: SweepWorld
    var random: SplitMix
    var rules: SweepRules
    /// Whether the second guest is to notice nothing of what happens.
    let isGuestFenced: Bool
    /// Whether the function of the first guest is misused by raw accesses; its driver is dead then.
    let hasRogue: Bool
    var complaints: [String] = []
    /// Whether that driver is dead now.
    var isRogueLoose = false
    /// Whether entries were spoilt: what is sent then may be anything.
    var hasSpoilt = false
    /// Parties that have harmed their own queues: what was under way there may be lost.
    var harmed: Set<Int> = []
    /// The Ethernet device of the physical function.
    var parentDevice = "mlx5_core.eth.0"
    /// The Ethernet device of the bystander, where that is on the host of what is disturbed.
    var spared = ""
    /// The numbers of subfunctions' ports, by the number that people gave them.
    var ports: [Int: Int] = [:]

    static let pci = "pci/0000:03:00.0"

    init(seed: UInt64, tells: Bool = false) {
        self.seed = seed
        random = SplitMix(seed: seed)
        bench = SweepWorld(hasTwoLinks: seed % 4 == 3)
        rules = SweepRules(bench.parties)
        bench.tells = tells
        isGuestFenced = random.next(below: 3) == 0
        hasRogue = random.next(below: 3) == 0
    }

    func below(_ bound: Int) -> Int { Int(random.next(below: UInt64(bound))) }
    func chance(_ oneIn: Int) -> Bool { below(oneIn) == 0 }

    /// Lives through it; what is wrong, the first things first.
    func run() -> [String] {
        let canary = SweepCanary(bench)
        begin()
        let fences = [6] + (isGuestFenced ? [2] : [])
        let watched = fences.compactMap { SweepFence(bench.parties[$0], in: bench) }
        disturb()
        for fence in watched { complaints += fence.complaints(in: bench) }
        let books = harmed.map { bench.parties[$0].point }
        complaints += SweepRemains(bench).ofFrames(sparing: books)
        if complaints.isEmpty { rebuild() }
        if complaints.isEmpty { SweepMatrix(self).run() }
        if complaints.isEmpty { end() }
        if bench.tells {
            print(bench.world[computer: 0].software.kernel.log.lines.joined(separator: "\n"))
        }
        return complaints + bench.complaints + canary.complaints(in: bench)
    }

    // MARK: Commands

    /// A command that must succeed.
    @discardableResult func must(_ line: String, on host: Int) -> String {
        let result = bench.execute(line, on: host)
        if let failure = result.failure { complaints.append("\(line): \(failure)") }
        return result.output
    }

    /// Makes a netdev small and opens it.
    func open(_ party: Int) {
        let place = bench.parties[party]
        must("ethtool -G \(place.netdev) rx 64 tx 64", on: place.host)
        must("ip link set dev \(place.netdev) up", on: place.host)
    }

    func addSubfunction(_ number: Int) {
        let text = must("devlink port add \(Self.pci) flavour pcisf pfnum 0 sfnum \(number)", on: 0)
        guard let port = Self.port(in: text) else { return complaints.append("no port in \(text)") }
        ports[number] = port
        must("devlink port function set \(Self.pci)/\(port) state active", on: 0)
    }

    /// The number of the port that `text` begins with: `pci/0000:03:00.0/32768: …`.
    static func port(in text: some StringProtocol) -> Int? {
        guard text.hasPrefix(pci + "/") else { return nil }
        return Int(text.dropFirst(pci.count + 1).prefix { $0.isNumber })
    }

    /// Says what the functions of the first host have.
    func tellPages() {
        for index in 0..<2 { print(index, bench.world[computer: 0].software.outstanding(of: FunctionID(index))) }
    }

    // MARK: Phases

    /// Functions come into being, and those that are watched are open.
    private func begin() {
        bench.settle()
        findBystander()
        must("echo \(isGuestFenced ? 2 + below(2) : 1 + below(3)) > /sys/class/net/eth0/device/sriov_numvfs", on: 0)
        if chance(2) { addSubfunction(1) }
        bench.settle()
        open(6)
        if isGuestFenced { open(2) }
        for party in 0..<6
        where !(party == 2 && isGuestFenced) && bench.hasNetdev(bench.parties[party]) && (party == 0 || !chance(4)) {
            open(party)
        }
        bench.settle()
        _ = bench.takeEnded()
        _ = bench.takeSightings()
    }

    /// Finds out which auxiliary device is the bystander's: the first may be either's.
    private func findBystander() {
        guard bench.parties[6].host == 0 else { return }
        let drivers = "/sys/bus/auxiliary/drivers/mlx5_core.eth"
        must("echo mlx5_core.eth.0 > \(drivers)/unbind", on: 0)
        let isFirst = !bench.hasNetdev(bench.parties[6])
        spared = isFirst ? "mlx5_core.eth.0" : "mlx5_core.eth.1"
        parentDevice = isFirst ? "mlx5_core.eth.1" : "mlx5_core.eth.0"
        must("echo mlx5_core.eth.0 > \(drivers)/bind", on: 0)
    }

    /// Everybody lets go of everything.
    private func end() {
        if bench.tells { tellPages() }
        switch below(3) {
        case 0: must("rmmod mlx5_core", on: 0)
        case 1:
            bench.begin("rmmod mlx5_core", on: 1)
            bench.begin("rmmod mlx5_core", on: 0)
        default:
            let function = bench.world[nic: 0].layout.physical(0)
            bench.world.unplug(function, from: 0)
        }
        bench.settle()
        let other = bench.world[nic: 0].layout.physical(1)
        let host = bench.parties[6].host
        bench.world.unplug(other, from: host)
        bench.settle()
        complaints += SweepRemains(bench).ofAll()
    }
}
