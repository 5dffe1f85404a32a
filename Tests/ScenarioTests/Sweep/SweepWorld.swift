import Driver
import Host
import NIC
import Scenario
import Simulation
import Wire

/// A small world that the sweep does things to, and what its capture points have seen.
final class SweepWorld {
    /// A frame at one of the places that are watched.
    struct Sighting {
        /// Position of the party.
        var party: Int
        /// Towards the party; for a wire, away from the NIC.
        var isArrival: Bool
        var time: SimTime
        var identity: SweepFrame.Identity?
        var source: MACAddress
        var destination: MACAddress
    }

    /// A command that was given and has not ended.
    struct Pending {
        var host: Int
        var ticket: CommandTicket
        var text: String
        var number: Int
    }

    var world: World
    let parties: [SweepParty]
    private let places: [UInt8: Int]
    private(set) var sightings: [Sighting] = []
    var frames: [SweepFrame.Record] = []
    private(set) var pending: [Pending] = []
    /// Commands that have ended, and how.
    private(set) var ended: [(number: Int, text: String, output: String, failure: String?)] = []
    private var commandCount = 0
    /// The number of the last command.
    var lastCommand: Int { commandCount }
    /// What is wrong, as far as it shows while the world runs.
    var complaints: [String] = []

    /// Whether commands and their ends are printed.
    var tells = false

    /// More events than any seed needs.
    static let mostEvents = 2_000_000

    private static let documents: [ScenarioDocument] = [SweepScenario.oneLink, SweepScenario.twoLinks].map { text in
        let models = FileMistakeTests.projectFolder + "Models/"
        do { return try ScenarioFile.parse(text(models), name: "example.yaml") } catch { fatalError("\(error)") }
    }

    init(hasTwoLinks: Bool) {
        let document = Self.documents[hasTwoLinks ? 1 : 0]
        let parties = hasTwoLinks ? SweepParty.twoLinks : SweepParty.oneLink
        do { world = try World(document, options: RunOptions()) } catch { fatalError("\(error)") }
        var places: [UInt8: Int] = [:]
        var points = TapPointSet()
        for (index, point) in document.points.enumerated() {
            guard let party = parties.firstIndex(where: { $0.point == point.name }) else { continue }
            places[UInt8(index)] = party
            points.insert(TapPoint(index: UInt8(index)))
        }
        self.parties = parties
        self.places = places
        world.medium.taps.enabledPoints = points
        world.begin()
    }

    var now: SimTime { world.now }

    // MARK: Time

    /// Lets things happen until `limit`.
    func run(until limit: SimTime) {
        if world.run(until: limit, atMost: Self.mostEvents) { complaints.append("events without end") }
        look()
    }

    /// Lets everything happen that is under way; false when that does not end.
    @discardableResult func settle() -> Bool {
        let isOver = !world.run(until: .never, atMost: Self.mostEvents)
        if !isOver { complaints.append("events without end") }
        look()
        return isOver
    }

    private func look() {
        takeResults()
        world.medium.taps.drain { header, bytes in
            guard let party = places[header.point.index], bytes.count >= 14 else { return }
            let isWire = parties[party].host < 0
            sightings.append(
                Sighting(
                    party: party, isArrival: (header.direction == .outbound) == isWire, time: header.time,
                    identity: SweepFrame.identity(bytes), source: MACAddress(decoding: bytes, at: 6),
                    destination: MACAddress(decoding: bytes)))
        }
    }

    func takeSightings() -> [Sighting] {
        defer { sightings = [] }
        return sightings
    }

    // MARK: Commands

    /// Gives a command, whose end is found in `ended` under the number.
    @discardableResult func begin(_ line: String, on host: Int) -> Int {
        commandCount += 1
        guard let command = try? ControlCommand.parse(line.split(separator: " ").map(String.init)) else {
            complaints.append("not understood: \(line)")
            return commandCount
        }
        if tells { print(now, "host \(host):", line) }
        let ticket = world.execute(command, on: host)
        pending.append(Pending(host: host, ticket: ticket, text: line, number: commandCount))
        takeResults()
        return commandCount
    }

    private func takeResults() {
        var left: [Pending] = []
        for command in pending {
            guard let result = world.takeResult(of: command.ticket, on: command.host) else {
                left.append(command)
                continue
            }
            if tells { print(now, "  ", command.text, "->", result.failure?.text ?? "done") }
            ended.append((command.number, command.text, result.output, result.failure?.text))
        }
        pending = left
    }

    func takeEnded() -> [(number: Int, text: String, output: String, failure: String?)] {
        defer { ended = [] }
        return ended
    }

    /// Gives a command and waits for its end.
    func execute(_ line: String, on host: Int) -> (output: String, failure: String?) {
        let number = begin(line, on: host)
        var left = Self.mostEvents
        while !ended.contains(where: { $0.number == number }), left > 0 {
            guard world.run(until: .never, atMost: 1) else { break }
            left -= 1
            takeResults()
        }
        guard let index = ended.firstIndex(where: { $0.number == number }) else { return ("", "never ended") }
        let result = ended.remove(at: index)
        return (result.output, result.failure)
    }

    // MARK: Frames

    /// Sends a frame; false when the party cannot now.
    @discardableResult func send(_ record: SweepFrame.Record, byteCount: Int) -> Bool {
        let party = parties[record.sender]
        var record = record
        record.time = now
        let bytes = SweepFrame.bytes(record, serial: frames.count, byteCount: byteCount)
        if case .wire(let number) = party.kind {
            frames.append(record)
            bytes.withUnsafeBytes { world.send($0, fromTraffic: number, at: now) }
            return true
        }
        guard let netdev = world[computer: party.host].software.netdev(named: party.netdev) else { return false }
        frames.append(record)
        return bytes.withUnsafeBytes { world.transmit($0, on: netdev, of: party.host) }
    }

    /// The function of a party; `nil` of one that has none now.
    func function(of party: SweepParty) -> FunctionID? {
        let layout = world[nic: 0].layout
        switch party.kind {
        case .physical: return layout.physical(0)
        case .bystander: return layout.physical(1)
        case .virtual(let number): return layout.virtual(number, of: 0)
        case .sub, .wire: return nil
        }
    }

    func hasNetdev(_ party: SweepParty) -> Bool {
        party.host >= 0 && world[computer: party.host].software.netdev(named: party.netdev) != nil
    }
}
