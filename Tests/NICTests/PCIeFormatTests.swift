import NIC
import Testing

/// Bytes on the link, counted by hand from the PCI Express Base Specification: 8 bytes of framing, sequence number and
/// link CRC on every packet; headers of 16 bytes (64-bit address), 12 (32-bit address, completion).
@Suite struct PCIeFormatTests {
    private static func parameters(_ change: (inout PCIeParameters) -> Void = { _ in }) -> PCIeParameters {
        var parameters = PCIeParameters()
        parameters.maxPayloadByteCount = 256
        parameters.maxReadRequestByteCount = 512
        parameters.readCompletionByteCount = 256
        change(&parameters)
        return parameters
    }

    @Test func aWriteOf64BytesTakes88BytesOnTheLink() {
        let format = LinkFormat(Self.parameters())
        #expect(format.writeWireByteCount(byteCount: 64, address: 0x1_0000_0000) == 88)
    }

    @Test func a32BitAddressAndAnEndToEndCRCChangeTheHeaderByFourBytesEach() {
        let short = LinkFormat(Self.parameters { $0.addressBitCount = 32 })
        #expect(short.writeWireByteCount(byteCount: 64, address: 0x1000) == 84)
        let checked = LinkFormat(Self.parameters { $0.hasEndToEndCRC = true })
        #expect(checked.writeWireByteCount(byteCount: 64, address: 0x1000) == 92)
    }

    @Test func aWriteLongerThanMPSIsCut() {
        let format = LinkFormat(Self.parameters())
        #expect(format.writeWireByteCount(byteCount: 1024, address: 0x1000) == 4 * 24 + 1024)
        // 300 bytes from 16 before a page's end: 16, then 256, then 28.
        #expect(format.writeWireByteCount(byteCount: 300, address: 0x1ff0) == 3 * 24 + 300)
    }

    @Test func dataTravelInWholeWords() {
        let format = LinkFormat(Self.parameters())
        #expect(format.writeWireByteCount(byteCount: 1, address: 0x1000) == 24 + 4)
        // Bytes 3 and 4 lie in two words.
        #expect(format.writeWireByteCount(byteCount: 2, address: 0x1003) == 24 + 8)
        #expect(format.writeWireByteCount(byteCount: 65, address: 0x1000) == 24 + 68)
    }

    @Test func aReadOf1024BytesIsTwoRequestsAndFourCompletions() {
        let wire = LinkFormat(Self.parameters()).readWireByteCount(byteCount: 1024, address: 0x2000)
        #expect(wire.upstream == 48)
        #expect(wire.downstream == 4 * 20 + 1024)
    }

    @Test func completionsAreCutAtTheReadCompletionBoundary() {
        let format = LinkFormat(Self.parameters { $0.readCompletionByteCount = 64 })
        #expect(format.readWireByteCount(byteCount: 1024, address: 0x2000).downstream == 16 * 20 + 1024)
        // 64 bytes from 32 before a boundary: two completions of 32.
        #expect(format.readWireByteCount(byteCount: 64, address: 0x2020).downstream == 2 * 20 + 64)
    }

    @Test func aReadRequestDoesNotCrossAPage() {
        let wire = LinkFormat(Self.parameters()).readWireByteCount(byteCount: 512, address: 0x2f00)
        #expect(wire.upstream == 48)
        #expect(wire.downstream == 2 * 20 + 512)
    }

    @Test(
        arguments: [
            // Generation, lanes, picoseconds that 1,000,000 bytes last without overhead: 8 × 10¹² / rate / code.
            (1, 1, 4_000_000_000), (2, 4, 500_000_000), (3, 8, 126_953_125), (4, 16, 31_738_281), (5, 16, 15_869_140),
        ] as [(Int, Int, Int)])
    func aByteLastsWhatTheLineRateAndCodeSay(generation: Int, laneCount: Int, megabyte: Int) {
        let parameters = Self.parameters {
            $0.generation = generation
            $0.laneCount = laneCount
            $0.dataLinkOverhead = 0
        }
        let duration = Int(LinkFormat(parameters).duration(byteCount: 1_000_000))
        #expect(abs(duration - megabyte) <= megabyte / 20_000)
    }

    @Test func parametersThatNoLinkCanHaveAreNamed() {
        #expect(PCIeParameters.default.problem == nil)
        #expect(Self.parameters { $0.generation = 6 }.problem?.found == "generation 6")
        #expect(Self.parameters { $0.maxPayloadByteCount = 200 }.problem?.found == "maxPayloadByteCount 200")
        #expect(Self.parameters { $0.postedCredits.data = 1 }.problem?.expected == "room for one packet of MPS")
        #expect(Self.parameters { $0.translationEntryCount = 6 }.problem?.expected == "a multiple of the ways")
    }
}
