import NIC
import Simulation
import Testing
import Wire

/// Pages of host memory (native interface, section 6.9).
@Suite struct PageTests {
    @Test func pagesThatAreWrongAreRefusedAndNoneOfTheListIsTaken() {
        var client = CommandClient()
        client.start()
        _ = client.command(0x104)
        let page = client.takePage()
        MisuseTests.expect(client.give([page, page + 512]), .pageMisaligned)
        MisuseTests.expect(client.give([page, 0]), .pageMisaligned)
        MisuseTests.expect(client.give([page, 0x9_0000_0000]), .pageUnreachable)
        MisuseTests.expect(client.give([page, page]), .pageGivenTwice)
        MisuseTests.expect(client.command(0x108, 0x18, [0xc: 2, 0x14: UInt32(page)], modifier: 1), .pageListTooShort)
        #expect(client.give([page]).isOK)
        MisuseTests.expect(client.give([page]), .pageGivenTwice)
        #expect(client.command(0x107, modifier: 1).word(0xc) == 15)
        MisuseTests.expect(client.command(0x107, modifier: 4), .badOperationModifier)
        MisuseTests.expect(client.command(0x107, 16, [0x8: 1], modifier: 1), .otherFunction)
    }

    @Test func aListOfManyBlocksIsTakenWhole() {
        var client = CommandClient()
        client.start()
        _ = client.command(0x104)
        let pages = (0..<500).map { _ in client.takePage() }
        #expect(client.give(pages).isOK)
        let taken = client.command(0x108, 16, [0xc: 500], modifier: 2, outputByteCount: 16 + 500 * 8)
        #expect(taken.word(8) == 500)
        let addresses = (0..<500).map { UInt64(taken.word(0x14 + $0 * 8)) }
        #expect(Set(addresses) == Set(pages))
    }

    @Test func noPageInUseIsTakenBack() {
        var client = CommandClient()
        client.probe()
        let taken = client.command(0x108, 16, [0xc: 1000], modifier: 2, outputByteCount: 16 + 8000)
        // Of 80 pages 16 serve booting and 32 the running firmware.
        #expect(taken.word(8) == 32)
        #expect(client.command(0x108, 16, [0xc: 1000], modifier: 2, outputByteCount: 16 + 8000).word(8) == 0)
    }

    @Test func aStarvedFirmwareMakesNoObjects() {
        var client = CommandClient()
        client.probe()
        _ = client.command(0x108, 16, [0xc: 1000], modifier: 2, outputByteCount: 16 + 8000)
        MisuseTests.expect(client.command(0x800), .outOfPages)
        #expect(client.command(0x800).status == 0xf)
        #expect(client.give([client.takePage()]).isOK)
        for _ in 0..<32 { #expect(client.command(0x800).isOK) }
        MisuseTests.expect(client.command(0x800), .outOfPages)
        #expect(client.command(0x801, 16, [0x8: 5]).isOK)
        #expect(client.command(0x800).word(8) == 5)
    }

    @Test func theReserveIsAskedForWhenItFallsLow() {
        var ledger = PageLedger(FirmwareParameters())
        for page in 1...80 as ClosedRange<UInt64> { ledger.give(page << 12) }
        ledger.beginRunning()
        #expect(ledger.freeCount == 32)
        Self.charge(&ledger, 24 * 32)
        #expect(ledger.takeRequest() == nil)
        Self.charge(&ledger, 1)
        #expect(ledger.takeRequest() == 32)
        #expect(ledger.takeRequest() == nil)
        ledger.requestAnswered(gave: false)
        #expect(ledger.takeRequest() == nil)
        Self.charge(&ledger, 32)
        #expect(ledger.takeRequest() == 32)
    }

    @Test func moreFreePagesThanAnyoneNeedsAreOfferedBack() {
        var ledger = PageLedger(FirmwareParameters())
        for page in 1...200 as ClosedRange<UInt64> { ledger.give(page << 12) }
        ledger.beginRunning()
        // 152 are free; the reserve of 8 and three requests of 32 stay.
        #expect(ledger.wantedWhileRunning == -48)
        let offered = ledger.takeRequest()
        #expect(offered == -48)
        let taken = ledger.takeBack(48)
        #expect(Set(taken).count == 48)
        #expect(ledger.wantedWhileRunning == 0)
    }

    private static func charge(_ ledger: inout PageLedger, _ count: Int) {
        for _ in 0..<count {
            let isCharged = ledger.charge()
            #expect(isCharged)
        }
    }
}
