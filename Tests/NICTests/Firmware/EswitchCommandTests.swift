import Host
import NIC
import Simulation
import Testing
import Wire

/// Commands about the embedded switch: tables of its manager, vports' contexts, rates (native interface, 6.5 and 6.6).
final class EswitchCommandTests {
    private var made = CommandClient.Objects()

    /// A client of a physical function that manages a switch with two virtual functions.
    private func client() -> CommandClient {
        var parameters = NICParameters()
        parameters.functions[0].virtualFunctionCount = 2
        var client = CommandClient(parameters)
        made = client.makeObjects()
        return client
    }

    /// A forwarding table of level 184 with one group that compares the source vport.
    private func forwardingTable(_ client: inout CommandClient) -> UInt32 {
        let table = client.command(0x930, 0x40, [0x10: 4 << 24, 0x18: 184 << 16 | 4]).word(8) & 0xff_ffff
        let words: [Int: UInt32] = [0x10: 4 << 24, 0x14: table, 0x24: 15, 0x3c: 2, 0x84: 0xffff]
        #expect(client.command(0x933, 0x400, words).isOK)
        return table
    }

    private func setEntry(
        _ client: inout CommandClient, _ table: UInt32, _ words: [Int: UInt32], modifier: UInt32 = 0
    ) -> CommandClient.Reply {
        let base: [Int: UInt32] = [0x10: 4 << 24, 0x14: table, 0x4c: 4, 0x50: 1, 0x340: 1]
        return client.command(0x936, 0x360, base.merging(words) { $1 }, modifier: modifier)
    }

    @Test func theManagersForwardingTableIsWhatItWasToldToBe() {
        var client = client()
        let table = forwardingTable(&client)
        let counter = client.command(0x939).word(8)
        let entry: [Int: UInt32] = [
            0x20: 3, 0x40: 0x8100_e007, 0x4c: 0x10c, 0x50: 2, 0x54: 1, 0xc4: 2,
            0x340: 1, 0x344: 1 << 31 | 1, 0x348: 0xffff, 0x350: counter,
        ]
        #expect(setEntry(&client, table, entry).isOK)
        let query = client.command(0x937, 0x40, [0x10: 4 << 24, 0x14: table, 0x20: 3], outputByteCount: 0x358)
        for (offset, word) in entry where offset >= 0x40 { #expect(query.word(offset) == word, "at \(offset)") }
        #expect(client.command(0x92f, 0x40, [0x10: 4 << 24, 0x14: table]).isOK)
        #expect(client.nic.switching.eswitches[0].forwardingRoot != nil)
        // In use as long as there are groups and entries; as the root it may go.
        MisuseTests.expect(client.command(0x931, 0x40, [0x10: 4 << 24, 0x14: table]), .busyFlowTable)
        MisuseTests.expect(client.command(0x93a, 16, [0x8: counter]), .busyFlowCounter)
        #expect(client.command(0x938, 0x40, [0x10: 4 << 24, 0x14: table, 0x20: 3]).isOK)
        #expect(client.command(0x93a, 16, [0x8: counter]).isOK)
        #expect(client.command(0x934, 0x40, [0x10: 4 << 24, 0x14: table, 0x18: 0]).isOK)
        #expect(client.command(0x931, 0x40, [0x10: 4 << 24, 0x14: table]).isOK)
        #expect(client.nic.switching.eswitches[0].forwardingRoot == nil)
    }

    @Test func whatTheSwitchCannotDoIsRefused() {
        var client = client()
        let table = forwardingTable(&client)
        func entry(_ words: [Int: UInt32], modifier: UInt32 = 0) -> CommandClient.Reply {
            setEntry(&client, table, words, modifier: modifier)
        }
        MisuseTests.expect(entry([0x340: 3]), .vportMissing)
        MisuseTests.expect(entry([0x340: 0xfffe]), .vportMissing)
        MisuseTests.expect(entry([0x344: 1 << 31 | 2]), .foreignOwner)
        MisuseTests.expect(entry([0x340: 2 << 24 | made.tir]), .destinationType)
        MisuseTests.expect(entry([0x340: 1 << 24 | made.table]), .destinationTable)
        MisuseTests.expect(entry([0x4c: 0x44]), .actionNotModelled)
        MisuseTests.expect(entry([0x4c: 1, 0x50: 0]), .actionNotModelled)
        MisuseTests.expect(entry([0x4c: 0x102, 0x50: 0]), .actionContradiction)
        MisuseTests.expect(entry([0xc0: 1]), .valueOutsideMask)
        #expect(entry([0xc4: 1]).isOK)
        MisuseTests.expect(entry([0x20: 1, 0xc4: 1]), .entryDuplicate)
        #expect(entry([0x20: 1, 0xc4: 2, 0x340: 0xffff]).isOK)
        #expect(entry([0x18: 4, 0x20: 1, 0x340: 2], modifier: 1).isOK)
        let query = client.command(0x937, 0x40, [0x10: 4 << 24, 0x14: table, 0x20: 1], outputByteCount: 0x348)
        #expect(query.word(0x340) == 2 && query.word(0xc4) == 2)
        // Masks that are not compared: a GENEVE option, and a set with nothing of it.
        let group: [Int: UInt32] = [0x14: made.table, 0x1c: 8, 0x24: 8, 0x3c: 2, 0x98: 2]
        MisuseTests.expect(client.command(0x933, 0x400, group), .groupField)
        MisuseTests.expect(client.command(0x930, 0x40, [0x10: 4 << 24, 0x18: 23]), .flowTableSize)
    }

    @Test func accessListsBelongToAVport() {
        var client = client()
        let list: [Int: UInt32] = [0x8: 1 << 31 | 1, 0x10: 3 << 24, 0x18: 2]
        let reply = client.command(0x930, 0x40, list)
        #expect(reply.isOK)
        let table = reply.word(8) & 0xff_ffff
        MisuseTests.expect(client.command(0x930, 0x40, [0x8: 1 << 31 | 3, 0x10: 3 << 24]), .vportMissing)
        MisuseTests.expect(client.command(0x92f, 0x40, [0x10: 3 << 24, 0x14: table]), .tableVportDiffers)
        MisuseTests.expect(client.command(0x92f, 0x40, [0x10: 2 << 24, 0x14: table]), .tableTypeDiffers)
        #expect(client.command(0x92f, 0x40, [0x8: 1 << 31 | 1, 0x10: 3 << 24, 0x14: table]).isOK)
        #expect(client.nic.switching.controls.filter { $0.ingressList != nil }.count == 1)
        #expect(client.command(0x930, 0x40, [0x8: 1 << 31 | 0xffff, 0x10: 2 << 24]).isOK)
        #expect(client.command(0x931, 0x40, [0x8: 1 << 31 | 1, 0x10: 3 << 24, 0x14: table]).isOK)
        #expect(client.nic.switching.controls.allSatisfy { $0.ingressList == nil })
    }

    @Test func whoDoesNotManageTheSwitchMayNotTouchIt() {
        var client = CommandClient()
        _ = client.makeObjects()
        for type in 2...4 as ClosedRange<UInt32> {
            MisuseTests.expect(client.command(0x930, 0x40, [0x10: type << 24]), .eswitchManagerOnly)
        }
        MisuseTests.expect(client.command(0x752), .eswitchManagerOnly)
        MisuseTests.expect(client.command(0x753, 0x110), .eswitchManagerOnly)
        MisuseTests.expect(client.command(0x782, 0x80, [0x8: 2 << 24]), .eswitchManagerOnly)
        MisuseTests.expect(client.command(0x785, 0x80, [0x8: 2 << 24]), .eswitchManagerOnly)
    }

    @Test func aBulkOfCountersIsZeroWhereThereAreNone() {
        var client = client()
        let counter = client.command(0x939).word(8)
        let bulk = client.command(
            0x93b, 0x20, [0x18: 8, 0x1c: counter], outputByteCount: 0x10 + 8 * 16)
        #expect(bulk.isOK && bulk.bytes[16...].allSatisfy { $0 == 0 })
        MisuseTests.expect(
            client.command(0x93b, 0x20, [0x1c: counter + 1], outputByteCount: 0x20), .missingFlowCounter)
        MisuseTests.expect(
            client.command(0x93b, 0x20, [0x18: 8, 0x1c: counter], outputByteCount: 0x20), .counterAnswerTooShort)
    }

    @Test func aVportsContextIsKept() {
        var client = client()
        // Strip and insert (3: always); drop eligible, priority 5, VLAN 42.
        let words: [Int: UInt32] = [0x8: 1 << 31 | 2, 0xc: 0b1010, 0x10: 1 << 27 | 3 << 24, 0x18: 0xd02a]
        #expect(client.command(0x753, 0x110, words).isOK)
        let query = client.command(0x752, 16, [0x8: 1 << 31 | 2], outputByteCount: 0x110)
        #expect(query.word(0x10) == 1 << 27 | 3 << 24)
        #expect(query.word(0x18) == 0xd02a)
        let control = client.nic.switching.controls[1]
        #expect(control.tag == 0xb02a && control.insertion == .always && control.stripsTag)
        MisuseTests.expect(client.command(0x753, 0x110, [0xc: 1]), .eswVportField)
        MisuseTests.expect(client.command(0x753, 0x110, [0x8: 1 << 31 | 7, 0xc: 2]), .vportMissing)
    }

    @Test func schedulingElementsSetRates() {
        var client = client()
        let root = client.command(0x782, 0x80, [0x8: 2 << 24], outputByteCount: 0x40)
        #expect(root.isOK)
        let element: [Int: UInt32] = [
            0x8: 2 << 24, 0x20: 1 << 24, 0x24: 1, 0x28: root.word(0x10), 0x38: 500,
        ]
        let vport = client.command(0x782, 0x80, element, outputByteCount: 0x40)
        #expect(vport.isOK)
        #expect(client.nic.switching.controls[1].shaper.rate == 500)
        MisuseTests.expect(client.command(0x782, 0x80, element, outputByteCount: 0x40), .schedulingBusy)
        MisuseTests.expect(
            client.command(0x783, 0x40, [0x8: 2 << 24, 0xc: root.word(0x10)], outputByteCount: 0x40), .schedulingBusy)
        let change: [Int: UInt32] = [0x8: 2 << 24, 0xc: vport.word(0x10), 0x14: 2, 0x38: 100]
        #expect(client.command(0x785, 0x80, change).isOK)
        let query = client.command(0x784, 0x40, [0x8: 2 << 24, 0xc: vport.word(0x10)], outputByteCount: 0x80)
        #expect(query.word(0x20) == 1 << 24 && query.word(0x24) == 1)
        #expect(query.word(0x28) == root.word(0x10) && query.word(0x38) == 100)
        let gone = client.command(0x783, 0x40, [0x8: 2 << 24, 0xc: vport.word(0x10)], outputByteCount: 0x40)
        #expect(gone.isOK && client.nic.switching.controls[1].shaper.rate == 0)
        MisuseTests.expect(client.command(0x785, 0x80, change), .schedulingMissing)
        MisuseTests.expect(client.command(0x782, 0x80, [0x8: 1 << 24], outputByteCount: 0x40), .schedulingElement)
    }
}
