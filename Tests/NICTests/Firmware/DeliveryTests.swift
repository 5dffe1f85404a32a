import NIC
import Simulation
import Testing

/// Entries and mailboxes that are wrong (native interface, sections 2.1 to 2.3).
///
/// Nothing of their commands happens.
@Suite struct DeliveryTests {
    /// A client with one command of two input and nine output blocks in slot 0, not yet rung for.
    static func prepared(_ change: (inout CommandClient) -> Void) -> CommandClient.Reply {
        var client = CommandClient()
        client.probe()
        client.prepare(commandBytes(0x100, 600, modifier: 1), outputByteCount: 0x1010, slot: 0)
        change(&client)
        client.ring(1)
        return client.wait(0, outputByteCount: 0x1010) ?? CommandClient.Reply(delivery: 0xff)
    }

    static let entry = CommandClient.queueAddress

    @Test func aCommandOfSeveralBlocksIsTaken() {
        let reply = Self.prepared { _ in }
        #expect(reply.isOK)
        #expect(reply.word(0x10 + 0x6c) == 0x0d0d_0d0d)
    }

    @Test func whatIsWrongWithAnEntryIsSaidInItsStatus() {
        #expect(Self.prepared { $0.store(Self.entry, [8]) }.delivery == 0x10)
        #expect(Self.prepared { $0.store(Self.entry + 2, [1]) }.delivery == 9)
        #expect(Self.prepared { $0.storeWord(Self.entry + 4, 7) }.delivery == 7)
        #expect(Self.prepared { $0.storeWord(Self.entry + 4, 0xffff_fff0) }.delivery == 7)
        #expect(Self.prepared { $0.storeWord(Self.entry + 0x38, 4) }.delivery == 8)
        #expect(Self.prepared { $0.storeWord(Self.entry + 0x38, 0x7fff_ffff) }.delivery == 8)
        #expect(Self.prepared { $0.storeWord(Self.entry + 0xc, 0x20_0100) }.delivery == 5)
        #expect(Self.prepared { $0.storeWord(Self.entry + 0xc, 0) }.delivery == 5)
        #expect(Self.prepared { $0.storeWord(Self.entry + 0x34, 0x60_0040) }.delivery == 4)
        #expect(Self.prepared { $0.storeWord(Self.entry + 0x8, 1) }.delivery == 5)
        #expect(Self.prepared { $0.storeWord(Self.entry + 0x30, 1) }.delivery == 4)
    }

    @Test func whatIsWrongWithABlockIsSaidInTheStatus() {
        let (input, output) = (CommandClient.inputBlock(0, 1), CommandClient.outputBlock(0, 3))
        #expect(Self.prepared { $0.store(input + 0x23d, [1]) }.delivery == 2)
        #expect(Self.prepared { $0.store(output + 0x23d, [1]) }.delivery == 2)
        #expect(Self.prepared { $0.storeWord(input + 0x238, 0) }.delivery == 3)
        #expect(Self.prepared { $0.storeWord(output + 0x238, 9) }.delivery == 3)
        #expect(Self.prepared { $0.storeWord(CommandClient.inputBlock(0, 0) + 0x234, 0) }.delivery == 7)
        #expect(Self.prepared { $0.storeWord(output + 0x234, 0) }.delivery == 8)
        #expect(Self.prepared { $0.storeWord(output + 0x230, 0x4000) }.delivery == 4)
    }

    @Test func aChainThatLoopsEnds() {
        let first = CommandClient.inputBlock(0, 0)
        #expect(Self.prepared { $0.storeWord(first + 0x234, UInt32(first)) }.delivery == 3)
        let output = CommandClient.outputBlock(0, 0)
        #expect(Self.prepared { $0.storeWord(output + 0x234, UInt32(output)) }.delivery == 3)
    }

    @Test func blocksKeepTheirTokenNumberAndNextAddress() {
        var client = CommandClient()
        client.probe()
        client.prepare(commandBytes(0x100, modifier: 1), outputByteCount: 0x1010, slot: 3, token: 0x77)
        let before = (0..<8).map { client.load(CommandClient.outputBlock(3, $0) + 0x200, 64) }
        client.ring(1 << 3)
        #expect(client.wait(3, outputByteCount: 0x1010)?.isOK == true)
        let after = (0..<8).map { client.load(CommandClient.outputBlock(3, $0) + 0x200, 64) }
        #expect(before == after)
    }

    @Test func anOutputShorterThanTheReplyIsCut() {
        var client = CommandClient()
        client.probe()
        let reply = client.command(0x100, modifier: 1, outputByteCount: 0x18)
        #expect(reply.isOK)
        #expect(reply.word(0x14) == 1)
        #expect(client.load(CommandClient.outputBlock(0, 0) + 8, 4) == [0, 0, 0, 0])
    }

    @Test func inputsOfTheWrongLengthHaveTheirOwnStatus() {
        var client = CommandClient()
        client.probe()
        #expect(client.command(0x400, 0x20).status == 0x50)
        #expect(client.command(0x800, 0x40).isOK)
        #expect(client.command(0x800, 0x40, [0x3c: 1]).status == 0x50)
    }

    @Test func anEntryThatIsSoftwaresIsLeftAlone() {
        var client = CommandClient()
        client.probe()
        client.prepare(commandBytes(0x800), outputByteCount: 16, slot: 0)
        client.store(Self.entry + 0x3f, [0])
        client.ring(1)
        client.run(for: .milliseconds(1))
        #expect(client.load(Self.entry + 0x20, 16) == [UInt8](repeating: 0, count: 16))
    }

    @Test func aQueueOutsideTheDomainIsAHealthReportAndNoTrap() {
        var client = CommandClient()
        client.start()
        client.writeWord(0x10, 0x1234)
        client.writeWord(0x14, 0x5678_9000)
        client.ring(1)
        client.run(for: .milliseconds(1))
        #expect(client.readWord(0x200) == 0x1234)
        #expect(client.readWord(0x204) == 0x5678_9000)
        #expect(client.readWord(0x23c) >> 16 & 0xff == 0x0a)
        #expect(client.faults == 1)
    }

    @Test func withoutBusMasteringNothingIsFetched() {
        var client = CommandClient()
        client.probe()
        client.prepare(commandBytes(0x800), outputByteCount: 16, slot: 0)
        client.configurationWrite(0x04, 2, 0x0002)
        client.ring(1)
        client.run(for: .milliseconds(1))
        #expect(client.load(Self.entry + 0x3f, 1) == [1])
    }

    @Test func aPageCommandInTheLastSlotOvertakesASlowOne() {
        var client = CommandClient()
        client.start()
        _ = client.command(0x104)
        _ = client.command(0x10b, 16, [0x8: 1])
        client.givePages(1)
        client.givePages(2)
        client.prepare(commandBytes(0x102, 0x20), outputByteCount: 16, slot: 0)
        let page = UInt32(client.takePage())
        client.prepare(commandBytes(0x108, 0x18, [0xc: 1, 0x14: page], modifier: 1), outputByteCount: 16, slot: 31)
        client.ring(1)
        client.ring(1 << 31)
        #expect(client.wait(31, outputByteCount: 16)?.isOK == true)
        #expect(client.load(Self.entry + 0x3f, 1) == [1])
        #expect(client.wait(0, outputByteCount: 16)?.isOK == true)
    }

    @Test func everySlotWorksAtOnce() {
        var client = CommandClient()
        client.probe()
        for slot in 0..<32 { client.prepare(commandBytes(0x800), outputByteCount: 16, slot: slot) }
        client.ring(.max)
        var domains: Set<UInt32> = []
        for slot in 0..<32 {
            let reply = client.wait(slot, outputByteCount: 16)
            #expect(reply?.isOK == true)
            domains.insert(reply?.word(8) ?? 0)
        }
        #expect(domains.count == 32)
    }
}
