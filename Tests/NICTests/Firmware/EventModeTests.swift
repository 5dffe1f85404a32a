import NIC
import Simulation
import Testing

/// Events of the firmware (native interface, sections 2.3, 5.4 and 5.5).
@Suite struct EventModeTests {
    /// A client with one event queue for the asynchronous events in `mask`, armed, on vector 3; its ring is at `ring`.
    struct Setup {
        var uar: UInt32
        var eq: UInt32
        var ring: UInt64
    }

    static func make(_ client: inout CommandClient, mask: UInt64) -> Setup {
        client.probe()
        BusAccessTests.enableMessages(&client)
        let uar = client.allocate(0x802)
        let ring = client.nextPage
        var empty = [UInt8](repeating: 0, count: 64 * 64)
        for index in 0..<64 { empty[index * 64 + 63] = 1 }
        client.store(ring, empty)
        let eq = client.createEQ(uar: uar, mask: mask, vector: 3).word(8)
        client.writeWord(Int(uar) << 12 + 0x40, eq << 24)
        client.run(for: .microseconds(5))
        client.interrupts = []
        return Setup(uar: uar, eq: eq, ring: ring)
    }

    @Test func aCommandsEndIsAnEventBehindItsOutput() {
        var client = CommandClient()
        let setup = Self.make(&client, mask: 1 << 0xa)
        #expect(client.load(setup.ring + 63, 1) == [1], "the command that made the queue was polled for")
        client.prepare(commandBytes(0x100, modifier: 1), outputByteCount: 0x1010, slot: 5)
        client.ring(1 << 5)
        var order: [String] = []
        func note(_ what: String) { if order.last != what, !order.contains(what) { order.append(what) } }
        let last = CommandClient.outputBlock(5, 0) + 0x6c - 0x10 + 0x10
        while client.interrupts.isEmpty, client.step() {
            // Each may only appear once what is before it in this list has.
            if client.load(last, 4) != [0, 0, 0, 0] { note("output") }
            if client.load(CommandClient.queueAddress + 5 * 64 + 0x3f, 1) == [0] { note("ownership") }
            if client.load(setup.ring + 63, 1) == [0] { note("event") }
            if !client.interrupts.isEmpty { note("interrupt") }
        }
        #expect(order == ["output", "ownership", "event", "interrupt"])
        #expect(client.interrupts == [0x45])
        #expect(client.load(setup.ring, 4) == [0, 0xa, 0, 0])
        #expect(client.load(setup.ring + 0x20, 4) == [0, 0, 0, 1 << 5])
    }

    @Test func aLowReserveAsksForPagesOnce() {
        var client = CommandClient()
        let setup = Self.make(&client, mask: 1 << 0xb)
        // 32 free pages of 32 objects each: the reserve of 8 is touched by the 769th object.
        for _ in 0..<800 { #expect(client.command(0x800).isOK) }
        client.run(for: .microseconds(50))
        #expect(client.load(setup.ring, 4) == [0, 0xb, 0, 0])
        #expect(client.load(setup.ring + 0x20, 8) == [0, 0, 0, 0, 0, 0, 0, 32])
        #expect(client.load(setup.ring + 64 + 63, 1) == [1])
        #expect(client.give((0..<32).map { _ in client.takePage() }).isOK)
        #expect(client.command(0x107, modifier: 3).word(0xc) == 0)
    }

    @Test func aPortThatGoesDownAndUpIsTwoEvents() {
        var client = CommandClient()
        let setup = Self.make(&client, mask: 1 << 0x9)
        for status in [2, 1] as [UInt32] {
            let words: [Int: UInt32] = [0: 1 << 16 | status << 8, 4: 1 << 31]
            _ = RegisterAccessTests.access(&client, 0x5006, words, byteCount: 16, isWrite: true)
        }
        client.run(for: .microseconds(50))
        #expect(client.load(setup.ring, 4) == [0, 0x9, 0, 1])
        #expect(client.load(setup.ring + 0x28, 1) == [0x10])
        #expect(client.load(setup.ring + 64, 4) == [0, 0x9, 0, 4])
        // Armed once, so one interrupt.
        #expect(client.interrupts == [0x45])
    }

    @Test func doorbellsOfPagesThatWereNotAllocatedAreIgnored() {
        var client = CommandClient()
        let setup = Self.make(&client, mask: 1 << 0x9)
        let other = Int(setup.uar + 1) << 12
        client.writeWord(other + 0x48, setup.eq << 24 | 5)
        client.run(for: .microseconds(5))
        #expect(client.nic.functions[0].resources.eventQueues[Int(setup.eq)].consumer == 0)
        client.writeWord(Int(setup.uar) << 12 + 0x48, setup.eq << 24 | 5)
        client.run(for: .microseconds(5))
        #expect(client.nic.functions[0].resources.eventQueues[Int(setup.eq)].consumer == 5)
    }

    @Test func doorbellsComeInOnePieceOrTwo() {
        let send = Doorbell.send(number: 0x56, wqeIndex: 0x1234)
        let arm = Doorbell.completionQueue(number: 7, sequence: 1, isSolicitedOnly: false, consumerIndex: 3)
        // Offset, width, value, what it means.
        let writes: [(UInt32, Int, UInt64, Doorbell?)] = [
            (0x1_0020, 8, 0x0700_0000_0300_0010, arm), (0x1_0800, 4, 0x0a34_1200, nil),
            (0x1_0804, 4, 0x0256_0000, send), (0x1_0804, 4, 0x0256_0000, nil), (0x1_0808, 8, 1, nil),
            (0x1_0020, 2, 1, nil), (0x1_0900, 8, 0x0256_0000_0a34_1200, send),
        ]
        var decoder = DoorbellDecoder()
        for (offset, byteCount, value, expected) in writes {
            let doorbell = decoder.decode(offset: offset, byteCount: byteCount, value: value)
            #expect(doorbell == expected)
        }
    }

    @Test func theLogKeepsTheNewestCommands() {
        var client = CommandClient()
        client.probe()
        client.nic.functions[0].firmware.commandLog = CommandLog(limit: 3)
        for opcode in [0x800, 0x816, 0xfff, 0x802] as [UInt32] { _ = client.command(opcode) }
        let entries = client.nic.functions[0].firmware.commandLog?.drain() ?? []
        #expect(entries.map(\.opcode) == [0x816, 0xfff, 0x802])
        #expect(entries.map(\.status) == [0, 2, 0])
        #expect(entries[1].syndrome == Syndrome.unknownOpcode.rawValue)
        #expect(entries.allSatisfy { $0.duration > .zero })
    }
}
