import Driver
import Host
import NIC
import Scenario
import Simulation
import Wire

/// A frame from everybody to everybody, when everything is settled: each comes where the rules say, once, and the
/// counters of the vports say so.
struct SweepMatrix {
    private let program: SweepProgram
    private var bench: SweepWorld { program.bench }

    init(_ program: SweepProgram) { self.program = program }

    func run() {
        let before = program.bench.parties.indices.map { counters(of: $0) }
        let first = bench.frames.count
        for sender in bench.parties.indices { send(from: sender) }
        bench.settle()
        for sighting in bench.takeSightings() where sighting.isArrival {
            guard let identity = sighting.identity, identity.serial < bench.frames.count else {
                complain("\(bench.parties[sighting.party].point) sees a frame that nobody has sent")
                continue
            }
            bench.frames[identity.serial].places.append(sighting.party)
        }
        var received = Array(repeating: [0, 0, 0], count: bench.parties.count)
        var sent = received
        for serial in first..<bench.frames.count {
            let frame = bench.frames[serial]
            let expected = program.rules.places(of: frame)
            if frame.places.sorted() != expected { complain(explain(frame, expected)) }
            let kind = frame.destination.isBroadcast ? 2 : frame.destination.isMulticast ? 1 : 0
            if !program.rules.parties[frame.sender].isHeldDown.last { sent[frame.sender][kind] += 1 }
            for place in program.rules.vports(of: frame) { received[place][kind] += 1 }
        }
        for party in bench.parties.indices {
            guard let old = before[party], let new = counters(of: party) else { continue }
            let gained = zip(old, new).map { $1 &- $0 }
            compare(Array(gained[3...]), sent[party], "sent", of: party)
            // What a vport is given and its function does not want is counted as well.
            guard bench.parties[party].isManaged, program.rules.parties[party].isOpen else { continue }
            compare(Array(gained[..<3]), received[party], "received", of: party)
        }
    }

    private func compare(_ gained: [UInt64], _ expected: [Int], _ what: String, of party: Int) {
        guard gained != expected.map(UInt64.init) else { return }
        complain("\(bench.parties[party].point) counts \(gained) \(what), expected \(expected)")
    }

    private func complain(_ text: String) { program.complaints.append(text) }

    private func explain(_ frame: SweepFrame.Record, _ expected: [Int]) -> String {
        func names(_ parties: [Int]) -> String { parties.map { bench.parties[$0].point }.joined(separator: " ") }
        return """
            settled: \(frame.source) of \(bench.parties[frame.sender].point) to \(frame.destination), tag \
            \(frame.tag ?? 0), comes to [\(names(frame.places.sorted()))], expected [\(names(expected))]
            """
    }

    private func send(from sender: Int) {
        let isWire = bench.parties[sender].host < 0
        guard isWire || program.rules.parties[sender].isOpen else { return }
        let own = program.rules.parties[sender].address.last
        var destinations = bench.parties.indices
            .filter { $0 != sender && (bench.parties[$0].host < 0 || program.rules.parties[$0].isOpen) }
            .map { program.rules.parties[$0].address.last }
        destinations += [.broadcast, MACAddress(1, 0, 0x5e, 0, 0, 0x77), MACAddress(2, 0xee, 0, 0, 0, 1)]
        for destination in destinations {
            let byteCount = 60 + program.below(8) * 20
            bench.send(
                SweepFrame.Record(
                    sender: sender, destination: destination, source: own, time: bench.now, isExact: true),
                byteCount: byteCount)
        }
        // From an address that is not its own, and with tags.
        let others = (0..<6).filter { $0 != sender }
        let other = program.rules.parties[others[program.below(others.count)]].address.last
        for (source, tag) in [(MACAddress(2, 0xdd, 0, 0, 0, 1), nil), (own, 100 as UInt16), (own, 200)] {
            bench.send(
                SweepFrame.Record(
                    sender: sender, destination: tag == nil ? .broadcast : other, source: source, tag: tag,
                    time: bench.now, isExact: true), byteCount: 64)
        }
    }

    /// Frames received and sent: unicast, multicast, broadcast.
    private func counters(of party: Int) -> [UInt64]? {
        guard let function = program.function(of: party),
            bench.world[nic: 0].functions.contains(Int(function.index))
        else { return nil }
        let counters = bench.world[nic: 0].functions[Int(function.index)].vport.counters
        return [
            counters.receivedUnicast.frames, counters.receivedMulticast.frames, counters.receivedBroadcast.frames,
            counters.transmittedUnicast.frames, counters.transmittedMulticast.frames,
            counters.transmittedBroadcast.frames,
        ]
    }
}
