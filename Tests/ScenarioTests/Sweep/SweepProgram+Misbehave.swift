import Driver
import Host
import NIC
import Scenario
import Simulation
import Wire

/// Drivers that do what they must not: bad entries, wild addresses, floods of doorbells and of commands.
extension SweepProgram {
    func misbehave() {
        let party = [0, 1, 2, 3, 4, 5].filter { !(isGuestFenced && $0 == 2) }[below(isGuestFenced ? 5 : 6)]
        guard bench.hasNetdev(bench.parties[party]), let function = function(of: party),
            bench.world[nic: 0].functions.contains(Int(function.index))
        else { return }
        let host = bench.parties[party].host
        switch below(4) {
        case 0, 1:
            harmed.insert(party)
            spoilEntry(of: party, function)
        case 2:
            guard bench.parties[party].isManaged else { return }
            harmed.insert(party)
            floodDoorbells(function, host)
        default:
            harmed.insert(party)
            floodCommands(function, host)
        }
    }

    /// A frame whose entry in the send ring is wrong in a random word: opcode, key, address, length.
    private func spoilEntry(of party: Int, _ function: FunctionID) {
        let index = Int(function.index)
        let queues = bench.world[nic: 0].functions[index].resources.sendQueues.numbers.filter {
            let queue = bench.world[nic: 0].functions[index].resources.sendQueues[$0]
            return queue.state == .ready && queue.wq.produced == queue.wq.consumed
        }
        let host = bench.parties[party].host
        let record = SweepFrame.Record(
            sender: party, destination: bench.parties[7].address, source: rules.parties[party].address.last,
            time: bench.now)
        let before = queues.map { entry($0, of: function, host) }
        guard bench.send(record, byteCount: 64) else { return }
        for (number, old) in zip(queues, before) {
            guard let (place, bytes) = entry(number, of: function, host), bytes != old?.bytes else { continue }
            let word = [0, 4, 0x20, 0x24, 0x28, 0x2c, 0x30, 0x34][below(8)]
            let value = UInt32(truncatingIfNeeded: random.next())
            try? bench.world.platform[host].memory.storeBigEndian(value, at: place + UInt64(word))
            // What is sent now may be anything the function can reach.
            hasSpoilt = true
        }
    }

    /// Where the next entry of a send queue lies in the memory of its host, and what is there.
    private func entry(_ number: Int, of function: FunctionID, _ host: Int) -> (place: UInt64, bytes: [UInt8])? {
        let wq = bench.world[nic: 0].functions[Int(function.index)].resources.sendQueues[number].wq
        let offset = (UInt64(wq.consumed) & (UInt64(wq.entryCount) - 1)) << UInt64(wq.logStride)
        let address = wq.memory.address(of: offset).address
        guard let (place, _) = bench.world.platform[host].domain(of: function).translate(address) else { return nil }
        var bytes = [UInt8](repeating: 0, count: 64)
        bytes.withUnsafeMutableBytes { try? bench.world.platform[host].memory.read(place, into: $0) }
        return (place, bytes)
    }

    /// Writes and reads all over the doorbell pages.
    private func floodDoorbells(_ function: FunctionID, _ host: Int) {
        guard !isSubfunction(function) else { return }
        for count in 0..<40 + below(100) {
            let offset = UInt32(16 + below(24)) * 4096 + [0x20, 0x40, 0x48, 0x800, 0x804, 0x900, 0xa00][below(7)]
            let value = chance(2) ? random.next() : UInt64(below(64)) << 40 | UInt64(below(256)) << 16
            let event =
                chance(6)
                ? BusEvent.memoryRead(function, bar: 0, byteCount: 4, offset: offset, tag: 0xffff_0000)
                : BusEvent.memoryWrite(function, bar: 0, byteCount: chance(3) ? 4 : 8, offset: offset, value: value)
            bench.world.send(event, to: host, at: bench.now + .nanoseconds(UInt64(count)))
        }
    }

    /// Rings for every command slot, whether there is a command or not.
    private func floodCommands(_ function: FunctionID, _ host: Int) {
        guard !isSubfunction(function) else { return }
        for count in 0..<20 + below(60) {
            let event = BusEvent.memoryWrite(function, bar: 0, byteCount: 4, offset: 0x18, value: 0xffff_ffff)
            bench.world.send(event, to: host, at: bench.now + .nanoseconds(UInt64(10 * count)))
        }
    }

    private func isSubfunction(_ function: FunctionID) -> Bool {
        bench.world[nic: 0].layout.kind(of: function)?.isSub != false
    }
}
