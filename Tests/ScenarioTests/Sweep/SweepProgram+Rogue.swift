import Driver
import Host
import NIC
import Scenario
import Simulation
import Wire

/// A guest whose driver is dead, and whose function is used by somebody who writes whatever he likes: to the memory
/// that the function can reach, to its registers, to its command queue.
extension SweepProgram {
    private static let guest = 1

    private var rogue: FunctionID { bench.world[nic: 0].layout.virtual(0, of: 0) }

    /// The driver of the first guest dies, when it has one that works and has nothing under way.
    func loosenRogue() {
        guard bench.hasNetdev(bench.parties[1]) else { return }
        bench.world.setDeaf(true, host: Self.guest)
        isRogueLoose = true
        harmed.insert(1)
    }

    /// The guest starts anew: what it knew of the function is gone.
    func endRogue() {
        guard isRogueLoose else { return }
        isRogueLoose = false
        bench.world.setDeaf(false, host: Self.guest)
        bench.world.drop(rogue, from: Self.guest)
    }

    func actAsRogue() {
        let pages = reachablePages()
        guard !pages.isEmpty else { return }
        switch below(6) {
        case 0, 1: for _ in 0..<1 + below(40) { scribble(pages[below(pages.count)].physical) }
        case 2: for _ in 0..<20 + below(100) { poke() }
        case 3, 4: command(pages[below(pages.count)])
        default:
            // A function-level reset behind everybody's back, by way of its own configuration space.
            let event = BusEvent.configurationWrite(rogue, offset: 0x68, byteCount: 2, value: 0x8000)
            if chance(4) { bench.world.send(event, to: Self.guest, at: bench.now) } else { poke() }
        }
    }

    private func reachablePages() -> [(address: UInt64, physical: UInt64)] {
        let domain = bench.world.platform[Self.guest].domain(of: rogue)
        let end = bench.world.platform[Self.guest].memory.byteCount
        return stride(from: 0 as UInt64, to: end, by: 4096).compactMap { page in
            domain.translate(page + 0x10_0000_0000).map { (page + 0x10_0000_0000, $0.physical) }
        }
    }

    private func scribble(_ page: UInt64) {
        let place = page + UInt64(below(64)) * 64 + UInt64(below(16)) * 4
        let value = chance(3) ? UInt32(below(256)) : UInt32(truncatingIfNeeded: random.next())
        try? bench.world.platform[Self.guest].memory.storeBigEndian(value, at: place)
    }

    /// A write or a read anywhere in its registers: doorbells, vectors, the initialization segment.
    private func poke() {
        let bar: UInt8 = chance(5) ? 4 : 0
        let offset: UInt32
        switch below(4) {
        case _ where bar == 4: offset = UInt32(below(0x2000)) & ~3
        case 0: offset = [0x10, 0x14, 0x18, 0x1fc, 0x1000, 0x1004][below(6)]
        default: offset = UInt32(16 + below(16)) * 4096 + [0x20, 0x40, 0x48, 0x800, 0x900, 0xa00, 0xb00][below(7)]
        }
        let value = chance(2) ? random.next() : UInt64(below(64)) << 40 | UInt64(below(256)) << 16
        let event =
            chance(8)
            ? BusEvent.memoryRead(rogue, bar: bar, byteCount: 4, offset: offset, tag: 0xffff_0000)
            : BusEvent.memoryWrite(rogue, bar: bar, byteCount: chance(2) ? 4 : 8, offset: offset, value: value)
        bench.world.send(event, to: Self.guest, at: bench.now + .nanoseconds(UInt64(below(500))))
    }

    /// Commands that others than the manager may not give, and others, in a queue at `page`.
    private func command(_ page: (address: UInt64, physical: UInt64)) {
        let opcodes: [UInt32] = [
            0x100, 0x102, 0x103, 0x104, 0x105, 0x107, 0x108, 0x109, 0x113, 0x114, 0x740, 0x750, 0x751, 0x752, 0x753,
            0x754, 0x755, 0x770, 0x782, 0x783, 0x800, 0x802, 0x903, 0x906, 0x90a, 0x92f, 0x930, 0x931, 0x938, 0xb0d,
            0xb0e,
        ]
        for slot in 0..<8 as Range<UInt64> {
            var entry = [UInt8](repeating: 0, count: 64)
            let opcode = opcodes[below(opcodes.count)]
            let vport = [0, 1, 2, 3, 0x8000, 0xffff][below(6)]
            let words: [Int: UInt32] = [
                0: 7 << 24, 4: UInt32([16, 16, 0x40, 0x110][below(4)]), 0x10: opcode << 16, 0x14: UInt32(below(2)),
                0x18: UInt32(below(2)) << 31 | UInt32(vport), 0x1c: UInt32(truncatingIfNeeded: random.next()),
                0xc: UInt32(truncatingIfNeeded: page.address), 0x8: UInt32(page.address >> 32), 0x38: 16, 0x3c: 1,
            ]
            for (offset, word) in words.sorted(by: { $0.key < $1.key }) {
                for byte in 0..<4 { entry[offset + byte] = UInt8(truncatingIfNeeded: word >> UInt32(24 - 8 * byte)) }
            }
            entry.withUnsafeBytes {
                try? bench.world.platform[Self.guest].memory.write(page.physical + slot * 64, from: $0)
            }
        }
        let writes: [(UInt32, UInt32)] = [
            (0x10, UInt32(page.address >> 32)), (0x14, UInt32(truncatingIfNeeded: page.address)), (0x18, 0xff),
        ]
        for (place, (offset, word)) in writes.enumerated() {
            let event = BusEvent.memoryWrite(
                rogue, bar: 0, byteCount: 4, offset: offset, value: UInt64(word.byteSwapped))
            bench.world.send(event, to: Self.guest, at: bench.now + .nanoseconds(UInt64(100 * place)))
        }
    }
}
