import Testing
import Wire

struct BitFieldTests {
    @Test func aFieldIsCountedFromTheWordsLowestBit() {
        let record = Record(bytes: hex("00000000 12345678"))
        #expect(record.get(BitField(4, 31, 24)) == 0x12)
        #expect(record.get(BitField(4, 23, 0)) == 0x345678)
        #expect(record.get(BitField(4, 11, 4)) == 0x67)
        #expect(record.get(BitField(word: 4)) == 0x1234_5678)
        #expect(record.get(BitField(4, bit: 3)) == 1)
        #expect(record.get(BitField(4, bit: 0)) == 0)
    }

    @Test func aFieldIsFoundBehindABase() {
        let record = Record(bytes: hex("00000000 00000000 00ab0000"))
        #expect(record.get(BitField(4, 23, 16), at: 4) == 0xab)
    }

    @Test func settingAFieldLeavesItsNeighboursAlone() {
        var record = Record(bytes: hex("ffffffff"))
        record.set(BitField(0, 15, 8), 0x1ab)
        #expect(record.bytes == hex("ffffabff"))
    }

    @Test func aShortRecordReadsAsZeros() {
        let record = Record(bytes: hex("ffffff"))
        #expect(record.get(BitField(word: 0)) == 0)
        #expect(record.get64(0) == 0)
    }

    @Test(arguments: 0..<16 as Range<UInt64>) func aFieldReadsAsItWasSet(seed: UInt64) {
        var random = Seeded(state: seed)
        for _ in 0..<200 {
            let low = Int.random(in: 0..<32, using: &random)
            let field = BitField(Int.random(in: 0...12, using: &random), Int.random(in: low..<32, using: &random), low)
            let before = random.bytes(16)
            var record = Record(bytes: before)
            let value = UInt32.random(in: 0...(.max), using: &random)
            record.set(field, value)
            let cut = field.width == 32 ? value : value & (1 << UInt32(field.width) - 1)
            #expect(record.get(field) == cut)
            record.set(field, Record(bytes: before).get(field))
            #expect(record.bytes == before)
        }
    }
}
