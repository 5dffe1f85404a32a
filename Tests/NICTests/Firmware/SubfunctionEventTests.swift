import NIC
import Simulation
import Testing

/// What becomes of subfunctions is told once for each arming (native interface, 3.8): event 0x0f.
struct SubfunctionEventTests {
    /// The manager of four subfunctions.
    private func manager() -> CommandClient {
        var parameters = NICParameters()
        parameters.functions[0].subfunctionCount = 4
        return CommandClient(parameters)
    }

    /// An event queue for changes of their states; where its ring is.
    private func listen(_ client: inout CommandClient) -> UInt64 { EventModeTests.make(&client, mask: 1 << 0xf).ring }

    /// The functions that events were about, in their order: number at data + 2.
    private func events(_ client: inout CommandClient, _ ring: UInt64) -> [UInt32] {
        client.run(for: .microseconds(100))
        var numbers: [UInt32] = []
        for index in 0..<16 as Range<UInt64> where client.load(ring + index * 64 + 63, 1) == [0] {
            let entry = client.load(ring + index * 64, 64)
            guard entry[1] == 0xf else { continue }
            numbers.append(UInt32(entry[0x22]) << 8 | UInt32(entry[0x23]))
        }
        return numbers
    }

    private func arm(_ client: inout CommandClient, _ number: UInt32) -> Bool {
        client.command(0xb0e, 0x20, [8: number, 0xc: 1, 0x10: 1 << 31]).isOK
    }

    private func state(_ client: inout CommandClient, _ number: UInt32) -> UInt32 {
        client.command(0xb0d, 16, [8: number], outputByteCount: 0x20).word(0x10) >> 16 & 0xf
    }

    @Test func whoNeverArmsIsNeverTold() {
        var client = manager()
        let ring = listen(&client)
        #expect(client.command(0x113, 16, [8: 0x8000]).isOK)
        #expect(client.command(0x104, 16, [8: 0x8000]).isOK)
        #expect(client.command(0x105, 16, [8: 0x8000]).isOK)
        #expect(client.command(0x114, 16, [8: 0x8000]).isOK)
        #expect(events(&client, ring) == [])
    }

    @Test func whatChangedBeforeTheArmingIsToldOnce() {
        var client = manager()
        let ring = listen(&client)
        #expect(client.command(0x113, 16, [8: 0x8001]).isOK)
        #expect(client.command(0x104, 16, [8: 0x8001]).isOK)
        #expect(events(&client, ring) == [])
        #expect(arm(&client, 0x8001))
        #expect(events(&client, ring) == [0x8001])
        #expect(state(&client, 0x8001) == 2)
        // That was it, until the next arming and the next change.
        #expect(client.command(0x105, 16, [8: 0x8001]).isOK)
        #expect(events(&client, ring) == [0x8001])
        #expect(arm(&client, 0x8001))
        #expect(events(&client, ring) == [0x8001, 0x8001])
        #expect(state(&client, 0x8001) == 1)
    }

    @Test func armedTwiceItIsToldOnce() {
        var client = manager()
        let ring = listen(&client)
        for number in [0x8000, 0x8001] as [UInt32] {
            #expect(client.command(0x113, 16, [8: number]).isOK)
            #expect(arm(&client, number))
        }
        let first = events(&client, ring)
        #expect(first.sorted() == [0x8000, 0x8001])
        #expect(arm(&client, 0x8000))
        #expect(arm(&client, 0x8000))
        #expect(client.command(0x104, 16, [8: 0x8000]).isOK)
        #expect(client.command(0x104, 16, [8: 0x8001]).isOK)
        #expect(events(&client, ring) == first + [0x8000])
    }

    @Test func aNumberThatIsUsedAgainAtOnceIsAnotherSubfunction() {
        var client = manager()
        let ring = listen(&client)
        for round in 0..<3 {
            #expect(client.command(0x113, 16, [8: 0x8002]).isOK, "\(round)")
            // The user's number of the one before it is gone.
            let query = client.command(0xb0d, 16, [8: 0x8002], outputByteCount: 0x20)
            #expect(query.word(0x14) == 0, "\(round)")
            let context = client.command(0x752, 16, [8: 1 << 31 | 0x8002], outputByteCount: 0x110)
            #expect(context.isOK && context.word(0x10) == 0 && context.word(0x18) == 0, "\(round)")
            let vport = client.command(0x754, 16, [8: 1 << 31 | 0x8002], outputByteCount: 0x110)
            #expect(vport.isOK && vport.word(0x10 + 0xf8) == 0, "\(round)")
            #expect(client.command(0xb0e, 0x20, [8: 0x8002, 0xc: 2, 0x14: 77]).isOK)
            // An address that ends in 7a; strip and insert, with VLAN 42; held down.
            let words: [Int: UInt32] = [8: 1 << 31 | 0x8002, 0xc: 1 << 3, 0x1f4: 0x0200, 0x1f8: 0x7a]
            #expect(client.command(0x755, 0x200, words).isOK)
            #expect(
                client.command(0x753, 0x110, [8: 1 << 31 | 0x8002, 0xc: 0xa, 0x10: 1 << 27 | 3 << 24, 0x18: 42]).isOK)
            #expect(client.command(0x751, 16, [8: 1 << 31 | 0x8002], modifier: 1).isOK)
            #expect(client.command(0x114, 16, [8: 0x8002]).isOK)
            #expect(state(&client, 0x8002) == 0)
        }
        #expect(events(&client, ring) == [])
    }

    @Test func numbersOutsideTheRangeAreRefused() {
        var client = manager()
        _ = listen(&client)
        for number in [0, 1, 0x7fff, 0x8004, 0xfffe, 0xffff] as [UInt32] {
            MisuseTests.expect(client.command(0x113, 16, [8: number]), .otherFunction)
            MisuseTests.expect(client.command(0xb0d, 16, [8: number], outputByteCount: 0x20), .otherFunction)
            #expect(!arm(&client, number))
        }
        // Used before it is there, and twice.
        #expect(!client.command(0x104, 16, [8: 0x8003]).isOK)
        #expect(!client.command(0x114, 16, [8: 0x8003]).isOK)
        #expect(client.command(0x113, 16, [8: 0x8003]).isOK)
        #expect(!client.command(0x113, 16, [8: 0x8003]).isOK)
    }
}
