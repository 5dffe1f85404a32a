import NIC
import Testing

/// The images of the native interface's sections 4.1 to 4.3: big-endian words by offset, all others zero.
@Suite struct CapabilityPageTests {
    static let general: [Int: UInt32] = [
        0x4: 0x0000_0001, 0x10: 0x0f0f_0011, 0x18: 0x0016_0011, 0x1c: 0x0014_0006, 0x20: 0x0000_0010,
        0x30: 0x0100_0000, 0x34: 0x0200_0101, 0x38: 0x1e00_0000, 0x3c: 0x0000_0001, 0x40: 0x0000_0008,
        0x44: 0x2000_0000, 0x48: 0x0000_000c, 0x4c: 0x8009_0001, 0x50: 0x0000_0400, 0x54: 0x0000_0200,
        0x64: 0x0a10_0000, 0x6c: 0x0d0d_0d0d, 0x70: 0x000d_0900, 0x78: 0x0000_0010, 0x7c: 0x0009_0707,
        0x8c: 0x0000_0040, 0xa4: 0x0000_0001,
    ]
    static let ethernet: [Int: UInt32] = [0x0: 0xc192_2800, 0x4: 0x1000_0000]
    static let flowTable: [Int: UInt32] = [
        0x40: 0x8800_0000, 0x44: 0x1600_0040, 0x4c: 0x0000_0010, 0x50: 0x0000_0006, 0x54: 0x0000_0014,
        0x60: 0xb201_0000,
    ]

    @Test(arguments: [(0, general), (1, ethernet), (7, flowTable)] as [(UInt32, [Int: UInt32])])
    func aPageIsTheImageOfTheSpecification(type: UInt32, image: [Int: UInt32]) {
        var client = CommandClient()
        client.probe()
        let reply = client.command(0x100, modifier: type << 1 | 1, outputByteCount: 0x1010)
        #expect(reply.isOK)
        for offset in stride(from: 0, to: 0x1000, by: 4) {
            #expect(reply.word(0x10 + offset) == image[offset] ?? 0, "at \(String(offset, radix: 16))")
        }
    }

    /// What stock Linux 6.12 asks for beyond the minimum: without `cq_period_mode_modify` it refuses to change moderation,
    /// and with the chaining capabilities it stacks 67 levels of flow tables.
    @Test func everythingThatIsModelledIsAnnounced() {
        var parameters = NICParameters()
        parameters.firmware.features = .all
        var client = CommandClient(parameters)
        client.probe()
        let general = client.command(0x100, modifier: 1, outputByteCount: 0x1010)
        #expect(general.word(0x10 + 0x44) == 0x3010_0000)
        #expect(general.word(0x10 + 0x4c) == 0xc009_0001)
        #expect(general.word(0x10 + 0x34) == 0x0220_0101)
        #expect(general.word(0x10 + 0x9c) == 1_000_000)
        let tables = client.command(0x100, modifier: 7 << 1 | 1, outputByteCount: 0x1010)
        #expect(tables.word(0x10 + 0x40) == 0xbe00_0000)
        #expect(tables.word(0x10 + 0x44) == 0x1600_007f)
        #expect(tables.word(0x10 + 0x50) == 0x0000_0106)
    }

    @Test func theMaximumDiffersOnlyInWhatTheDriverMayChoose() {
        var client = CommandClient()
        client.probe()
        let reply = client.command(0x100, modifier: 0, outputByteCount: 0x1010)
        #expect(reply.word(0x10 + 0x48) == 0x8000_000c)
        #expect(reply.word(0x10 + 0x90) == 6)
        #expect(reply.word(0x10 + 0x6c) == 0x0d0d_0d0d)
    }

    @Test func whatTheDriverSetsIsWhatItReadsBack() {
        var client = CommandClient()
        client.start()
        _ = client.command(0x104)
        client.givePages(1)
        var page = client.command(0x100, modifier: 1, outputByteCount: 0x1010).bytes
        page.replaceSubrange(0..<2, with: [0x01, 0x09])
        page[0x10 + 0x48] |= 0x80
        page[0x10 + 0x13] = 12
        #expect(client.execute(page).isOK)
        let back = client.command(0x100, modifier: 1, outputByteCount: 0x1010)
        #expect(back.word(0x10 + 0x48) == 0x8000_000c)
        #expect(back.word(0x10 + 0x10) == 0x0f0f_000c)
    }

    @Test func aCapabilityAboveItsMaximumOrNotToBeSetIsRefused() {
        var client = CommandClient()
        client.start()
        _ = client.command(0x104)
        client.givePages(1)
        var page = client.command(0x100, modifier: 1, outputByteCount: 0x1010).bytes
        page.replaceSubrange(0..<2, with: [0x01, 0x09])
        var above = page
        above[0x10 + 0x13] = 18
        #expect(client.execute(above).syndrome == Syndrome.capabilityTooLarge.rawValue)
        var fixed = page
        fixed[0x10 + 0x6f] = 14
        #expect(client.execute(fixed).syndrome == Syndrome.capabilityNotSettable.rawValue)
        #expect(client.command(0x100, modifier: 1, outputByteCount: 0x1010).word(0x10 + 0x6c) == 0x0d0d_0d0d)
    }

    @Test func aTypeThatIsNotThereIsABadParameter() {
        var client = CommandClient()
        client.probe()
        #expect(client.command(0x100, modifier: 9 << 1, outputByteCount: 0x1010).status == 3)
        #expect(client.command(0x100, modifier: 0x7ffe, outputByteCount: 0x1010).status == 3)
    }
}
