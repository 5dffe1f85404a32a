import NIC
import Testing

@Suite struct ProbeTests {
    @Test func theInitializationSegmentTellsVersionAndQueue() {
        var client = CommandClient()
        client.configurationWrite(0x04, 2, 0x0006)
        #expect(client.readWord(0x0) == 0x0063_0016)
        #expect(client.readWord(0x4) == 0x0005_0001)
        #expect(client.readWord(0x14) == 0x0000_0056)
        #expect(client.readWord(0x1fc) == 0x8000_0000)
        client.start()
        #expect(client.readWord(0x1fc) == 0)
        #expect(client.readWord(0x14) == 0x0010_0056)
        let first = client.readWord(0x1010)
        #expect(client.readWord(0x1010) != first)
    }

    @Test func theProbeSequenceRunsToTheEnd() {
        var client = CommandClient()
        client.start()
        #expect(client.command(0x104).isOK)
        let issi = client.command(0x10a, outputByteCount: 0x70)
        #expect(issi.isOK)
        #expect(issi.word(0x6c) == 3)
        #expect(client.command(0x10b, 16, [0x8: 1]).isOK)
        #expect(client.givePages(1).count == 16)
        #expect(client.command(0x805, 0x20, [0x8: 0x7004], modifier: 0, outputByteCount: 0x20).isOK)
        var general = client.command(0x100, 16, modifier: 1, outputByteCount: 0x1010)
        #expect(general.isOK)
        general.bytes[0] = 0x01
        general.bytes[1] = 0x09
        #expect(client.execute(general.bytes).isOK)
        #expect(client.givePages(2).count == 64)
        #expect(client.command(0x102, 0x20).isOK)
        let adapter = client.command(0x101, outputByteCount: 0x110)
        #expect(adapter.isOK)
        #expect(adapter.bytes[0x100..<0x104].elementsEqual("MRT0".utf8))
    }

    @Test func everyObjectOfANetdevCanBeMadeAndDestroyed() {
        var client = CommandClient()
        client.probe()
        let uar = client.allocate(0x802)
        #expect(uar >= 3)
        let eq = client.createEQ(uar: uar, mask: 0)
        #expect(eq.isOK)
        let pd = client.allocate(0x800)
        let domain = client.allocate(0x816)
        let key = client.command(
            0x200, 0x110, [0x10: 0xc00, 0x14: 0xffff_ff00, 0x1c: 0x8000_0000 | pd])
        #expect(key.isOK)
        let tis = client.command(0x912, 0xc0, [0x44: domain])
        #expect(tis.isOK)
        let cq = client.createCQ(uar: uar, eq: eq.word(8))
        #expect(cq.isOK)
        let sq = client.createSQ(uar: uar, cq: cq.word(8), tis: tis.word(8), pd: pd)
        #expect(sq.isOK)
        let rq = client.createRQ(cq: cq.word(8), pd: pd)
        #expect(rq.isOK)
        #expect(client.command(0x905, 0x110, [0x8: sq.word(8), 0x20: 1 << 20]).isOK)
        #expect(client.command(0x909, 0x110, [0x8: rq.word(8), 0x20: 1 << 20]).isOK)
        let rqt = client.command(0x916, 0x114, [0x34: 1, 0x38: 1, 0x110: rq.word(8)])
        #expect(rqt.isOK)
        let tir = client.command(0x900, 0x110, [0x24: 1 << 28, 0x40: rqt.word(8), 0x44: 2 << 28 | domain])
        #expect(tir.isOK)
        let table = client.command(0x930, 0x40, [0x18: 0x0000_0007])
        #expect(table.isOK)
        let group = client.command(0x933, 0x400, [0x14: table.word(8), 0x24: 7])
        #expect(group.isOK)
        let entry = client.command(
            0x936, 0x348,
            [
                0x14: table.word(8), 0x20: 3, 0x44: group.word(8), 0x4c: 4, 0x50: 1,
                0x340: 2 << 24 | tir.word(8),
            ])
        #expect(entry.isOK)
        #expect(client.command(0x92f, 0x40, [0x14: table.word(8)]).isOK)

        // What another object needs is busy; in the right order everything goes.
        let destructions: [(UInt32, Int, [Int: UInt32])] = [
            (0x938, 0x40, [0x14: table.word(8), 0x20: 3]), (0x934, 0x40, [0x14: table.word(8), 0x18: group.word(8)]),
            (0x931, 0x40, [0x14: table.word(8)]), (0x902, 16, [0x8: tir.word(8)]), (0x918, 16, [0x8: rqt.word(8)]),
            (0x90a, 16, [0x8: rq.word(8)]), (0x906, 16, [0x8: sq.word(8)]), (0x914, 16, [0x8: tis.word(8)]),
            (0x401, 16, [0x8: cq.word(8)]), (0x202, 16, [0x8: key.word(8)]), (0x302, 16, [0x8: eq.word(8)]),
            (0x817, 16, [0x8: domain]), (0x801, 16, [0x8: pd]), (0x803, 16, [0x8: uar]),
        ]
        let independent: Set<UInt32> = [0x938, 0x906, 0x202]
        for (opcode, byteCount, words) in destructions.reversed() where !independent.contains(opcode) {
            #expect(client.command(opcode, byteCount, words).status == 6, "opcode \(opcode)")
        }
        for (opcode, byteCount, words) in destructions {
            #expect(client.command(opcode, byteCount, words).isOK, "opcode \(opcode)")
        }
        #expect(client.command(0x103).isOK)
        let taken = client.command(0x108, 16, [0xc: 100], modifier: 2, outputByteCount: 16 + 800)
        #expect(taken.isOK)
        #expect(taken.word(8) == 80)
        #expect(client.command(0x105).isOK)
    }
}
