import NIC
import Testing
import Wire

/// ACCESS_REG and the vport (native interface, sections 6.6 and 7).
@Suite struct RegisterAccessTests {
    static func access(
        _ client: inout CommandClient, _ register: UInt32, _ words: [Int: UInt32], byteCount: Int, isWrite: Bool = false
    ) -> CommandClient.Reply {
        var input: [Int: UInt32] = [0x8: register]
        for (offset, word) in words { input[0x10 + offset] = word }
        return client.command(
            0x805, 16 + byteCount, input, modifier: isWrite ? 0 : 1, outputByteCount: 16 + byteCount)
    }

    @Test func thePortsMTUIsClamped() {
        var client = CommandClient()
        client.probe()
        let before = Self.access(&client, 0x5003, [0: 1 << 16], byteCount: 16)
        #expect(before.word(0x14) == 9978 << 16)
        let after = Self.access(&client, 0x5003, [0: 1 << 16, 8: 60_000 << 16], byteCount: 16, isWrite: true)
        #expect(after.isOK)
        #expect(after.word(0x18) == 9978 << 16)
        _ = Self.access(&client, 0x5003, [0: 1 << 16, 8: 1522 << 16], byteCount: 16, isWrite: true)
        let back = Self.access(&client, 0x5003, [0: 1 << 16], byteCount: 16)
        #expect(back.word(0x18) == 1522 << 16)
        #expect(back.word(0x1c) == 1522 << 16)
    }

    @Test func takingThePortDownTakesTheVportDown() {
        var client = CommandClient()
        client.probe()
        #expect(client.command(0x750).word(0xc) & 0xf == 1)
        let down = Self.access(&client, 0x5006, [0: 1 << 16 | 2 << 8, 4: 1 << 31], byteCount: 16, isWrite: true)
        #expect(down.word(0x10) & 0xf0f == 0x202)
        #expect(client.command(0x750).word(0xc) & 0xf == 0)
        let ignored = Self.access(&client, 0x5006, [0: 1 << 16 | 1 << 8], byteCount: 16, isWrite: true)
        #expect(ignored.word(0x10) & 0xf0f == 0x202)
        _ = Self.access(&client, 0x5006, [0: 1 << 16 | 1 << 8, 4: 1 << 31], byteCount: 16, isWrite: true)
        #expect(client.command(0x750).word(0xc) & 0xf == 1)
    }

    @Test func aFunctionThatSharesAPortCannotTakeItFromTheOther() {
        var parameters = NICParameters()
        parameters.functions = [1, 2].map {
            FunctionDescription(port: PortID(0), macAddress: MACAddress(2, 0, 0, 0, 0, $0))
        }
        var client = CommandClient(parameters)
        client.probe()
        let down = Self.access(&client, 0x5006, [0: 1 << 16 | 2 << 8, 4: 1 << 31], byteCount: 16, isWrite: true)
        #expect(down.word(0x10) & 0xf0f == 0x202)
        #expect(client.command(0x750).word(0xc) & 0xf == 0)
        #expect(client.nic.ports[0].isUp)
        _ = Self.access(&client, 0x5006, [0: 1 << 16 | 1 << 8, 4: 1 << 31], byteCount: 16, isWrite: true)
        #expect(client.command(0x750).word(0xc) & 0xf == 1)
    }

    @Test func aFunctionWithoutASayInThePortIsHeardAndNotObeyed() {
        var parameters = NICParameters()
        parameters.functions = [
            FunctionDescription(port: PortID(0), macAddress: MACAddress(2, 0, 0, 0, 0, 1)),
            FunctionDescription(port: PortID(0), macAddress: MACAddress(2, 0, 0, 0, 0, 2), isEmbedded: true),
        ]
        var client = CommandClient(parameters)
        client.nic.functions[0].firmware.isHeld = false
        client.probe()
        let mtu = Self.access(&client, 0x5003, [0: 1 << 16, 8: 1522 << 16], byteCount: 16, isWrite: true)
        #expect(mtu.isOK)
        #expect(mtu.word(0x1c) == 9978 << 16)
        let down = Self.access(&client, 0x5006, [0: 1 << 16 | 2 << 8, 4: 1 << 31], byteCount: 16, isWrite: true)
        #expect(down.isOK)
        #expect(down.word(0x10) & 0xf0f == 0x101)
        #expect(client.nic.ports[0].isUp)
        MisuseTests.expect(
            Self.access(&client, 0x5007, [0: 1 << 16, 8: 1 << 31], byteCount: 16, isWrite: true), .registerNotPermitted)
    }

    @Test func registersThatAreNotThereAreBadParameters() {
        var client = CommandClient()
        client.probe()
        MisuseTests.expect(Self.access(&client, 0x1234, [:], byteCount: 16), .registerUnknown)
        MisuseTests.expect(Self.access(&client, 0x907f, [:], byteCount: 72), .registerUnknown)
        MisuseTests.expect(Self.access(&client, 0x5003, [0: 2 << 16], byteCount: 16), .registerPort)
        MisuseTests.expect(
            Self.access(&client, 0x5008, [0: 1 << 16 | 0x20], byteCount: 0x100), .counterGroup)
        MisuseTests.expect(
            Self.access(&client, 0x5002, [0: 1 << 16], byteCount: 0x40, isWrite: true), .registerReadOnly)
        #expect(Self.access(&client, 0x7004, [0: 0], byteCount: 16, isWrite: true).isOK)
    }

    @Test func portCountersAreWhereTheirGroupsPutThem() {
        var client = CommandClient()
        client.probe()
        client.nic.ports[0].counters.receivedFrames = 7
        client.nic.ports[0].counters.receivedOctets = 700
        client.nic.ports[0].counters.receivedBroadcast = 2
        let ieee = Self.access(&client, 0x5008, [0: 1 << 16], byteCount: 0x100)
        #expect(ieee.word(0x10 + 0x14) == 7)
        #expect(ieee.word(0x10 + 0x34) == 700)
        let mib = Self.access(&client, 0x5008, [0: 1 << 16 | 1], byteCount: 0x100)
        #expect(mib.word(0x10 + 0xc) == 700)
        #expect(mib.word(0x10 + 0x14) == 5)
        let cleared = Self.access(&client, 0x5008, [0: 1 << 16, 4: 1 << 31], byteCount: 0x100)
        #expect(cleared.word(0x10 + 0x14) == 7)
        #expect(client.nic.ports[0].counters.receivedFrames == 0)
    }

    @Test func theVportKeepsWhatItIsTold() {
        var client = CommandClient()
        client.probe()
        let before = client.command(0x754, outputByteCount: 0x110)
        #expect(before.word(0x10 + 0x24) == 1522)
        #expect(before.word(0x10 + 0xf4) == 0x0200)
        #expect(before.word(0x10 + 0xf8) == 1)
        // The list of unicast addresses (field select bit 2) with the MTU (bit 6).
        let change = client.command(
            0x755, 0x210,
            [
                0xc: 1 << 2 | 1 << 6, 0x124: 9000, 0x1f0: 2, 0x200: 0x0200, 0x204: 0x11, 0x208: 0x0200, 0x20c: 0x12,
            ])
        #expect(change.isOK)
        let after = client.command(0x754, outputByteCount: 0x120)
        #expect(after.word(0x10 + 0x24) == 9000)
        #expect(after.word(0x10 + 0xf0) == 2)
        #expect(after.word(0x110) == 0x0200)
        #expect(after.word(0x11c) == 0x12)
        MisuseTests.expect(client.command(0x755, 0x200, [0xc: 1 << 6, 0x124: 9979]), .vportMTU)
        MisuseTests.expect(client.command(0x755, 0x200, [0xc: 1 << 2, 0x1f0: 1]), .vportListTooShort)
        MisuseTests.expect(client.command(0x755, 0x200, [0xc: 1 << 2, 0x1f0: 129]), .vportListTooLong)
        MisuseTests.expect(client.command(0x755, 0x200, [0xc: 1 << 2, 0x1f0: 3 << 24]), .vportListType)
        MisuseTests.expect(client.command(0x755, 0x200, [0x8: 1 << 31]), .otherVport)
        MisuseTests.expect(client.command(0x755, 0x200, [0xc: 1 << 3, 0x1f4: 0x0100]), .vportAddress)
    }
}
