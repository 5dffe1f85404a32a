import Testing
import Wire

struct WorkQueueEntryTests {
    /// LSO of 0x0004: inline header of 54 bytes, one piece of data.
    static let largeSend = hex(
        """
        0012340e 00055507 00000008 00000000
        00000000 c00005b4 00000000 00360200
        00000001 02000000 00020800 45000000 00000000 00000000 00000000 00000000
        00000000 00000000 00000000 00000000
        """)

    @Test func aControlSegmentIsReadFieldByField() {
        let segment = Self.largeSend.withUnsafeBytes { WQEControlSegment(decoding: $0) }
        #expect(segment.opcode == .lso && segment.opcodeModifier == 0)
        #expect(segment.wqeIndex == 0x1234 && segment.queueNumber == 0x555)
        #expect(segment.segmentCount == 7 && segment.completion == .completion)
        #expect(segment.signature == 0 && segment.fence == 0 && !segment.isSolicited && segment.immediate == 0)
    }

    @Test func aControlSegmentIsBuilt() {
        var segment = WQEControlSegment(
            .lso, queueNumber: 0x555, wqeIndex: 0x1234, segmentCount: 7, completion: .completion)
        #expect(encoded(segment.encode) == Array(Self.largeSend[0..<16]))
        segment.fence = 5
        segment.isSolicited = true
        segment.signature = 0x81
        segment.immediate = 0x0102_0304
        #expect(Array(encoded(segment.encode)[8...]) == hex("810000aa 01020304"))
        #expect(segment.doorbell == 0x0012_340e_0005_5507)
    }

    @Test func theDoorbellNamesTheQueue() {
        let doorbell = SendDoorbell(rawValue: 0x0012_340e_0005_5507)
        #expect(doorbell.queueNumber == 0x555 && doorbell.wqeIndex == 0x1234)
    }

    @Test func anUnknownOpcodeIsNotTakenForAnother() {
        var segment = WQEControlSegment()
        segment.rawOpcode = 0x77
        #expect(segment.opcode == nil)
        #expect(WQEControlSegment().opcode == .nop)
    }

    @Test func anEthernetSegmentWithAnInlineHeader() {
        let segment = Self.largeSend.withUnsafeBytes { WQEEthernetSegment(decoding: $0, at: 16) }
        #expect(segment.checksumFlags == [.l3, .l4] && segment.mss == 1460)
        #expect(!segment.insertsVLAN && segment.inlineHeaderByteCount == 54)
        var built = WQEEthernetSegment()
        built.checksumFlags = [.l3, .l4]
        built.mss = 1460
        built.setInlineHeader(byteCount: 54, first: 0x0200)
        #expect(encoded(built.encode) == Array(Self.largeSend[16..<32]))
    }

    @Test func anEthernetSegmentThatAsksForATag() {
        var segment = WQEEthernetSegment()
        segment.insertVLAN(tci: 0x6064)
        #expect(Array(encoded(segment.encode)[12...]) == hex("80006064"))
        #expect(segment.insertsVLAN && !segment.isServiceVLAN && segment.vlanTCI == 0x6064)
        #expect(segment.inlineHeaderByteCount == 0)
        segment.insertVLAN(tci: 1, isService: true)
        #expect(Array(encoded(segment.encode)[12...]) == hex("80010001"))
        #expect(segment.isServiceVLAN)
    }

    @Test func inlineHeadersFillSegmentsOfSixteenBytes() {
        let counts = [0, 1, 2, 3, 18, 19, 54, 66].map { WQEEthernetSegment.segmentCount(forInlineHeaderByteCount: $0) }
        #expect(counts == [0, 0, 0, 1, 1, 2, 4, 4])
    }

    @Test func aDataSegment() {
        let segment = WQEDataSegment(byteCount: 0x5ea, lkey: 0x1042, address: 0x1_2345_6789)
        let bytes = hex("000005ea 00001042 00000001 23456789")
        #expect(encoded(segment.encode) == bytes)
        let read = bytes.withUnsafeBytes { WQEDataSegment(decoding: $0) }
        #expect(read == segment && !read.isInline && !read.isEndOfList)
        #expect(read.byteCount == 0x5ea && read.lkey == 0x1042 && read.address == 0x1_2345_6789)
        #expect(WQEDataSegment.endOfList.isEndOfList)
    }

    @Test func anInlineDataSegmentKeepsItsLengthInTenBits() {
        let bytes = hex("8000fc0c 01020304 05060708 090a0b0c")
        let segment = bytes.withUnsafeBytes { WQEDataSegment(decoding: $0) }
        #expect(segment.isInline && segment.byteCount == 12 && !segment.isEndOfList)
        #expect(WQEDataSegment.inlineHeader(byteCount: 12) == 0x8000_000c)
        #expect([0, 12, 13, 28, 29].map { WQEDataSegment.segmentCount(forInlineByteCount: $0) } == [1, 1, 2, 2, 3])
    }

    @Test func doorbellsOfCompletionAndEventQueues() {
        let arm = CQDoorbell(cqn: 0x123456, consumerIndex: 0x0102_0304, sequenceNumber: 2, solicitedOnly: true)
        #expect(arm.rawValue == 0x2102_0304_0012_3456)
        #expect(arm.armWord == 0x2102_0304 && arm.sequenceNumber == 2 && arm.solicitedOnly)
        #expect(arm.consumerIndex == 0x02_0304 && arm.cqn == 0x123456)
        let event = EQDoorbell(eqn: 0x12, consumerIndex: 0x0100_0005)
        #expect(event.rawValue == 0x1200_0005 && event.eqn == 0x12 && event.consumerIndex == 5)
        #expect(DoorbellRecord.sendCounter == 4 && DoorbellRecord.receiveCounter == 0)
        #expect(UAR.cqArm == 0x20 && UAR.eqArm == 0x40 && UAR.eqUpdate == 0x48 && UAR.sendDoorbell == 0x800)
    }

    private func encoded(_ encode: (UnsafeMutableRawBufferPointer, Int) -> Void) -> [UInt8] {
        var bytes = [UInt8](repeating: 0xee, count: 16)
        bytes.withUnsafeMutableBytes { encode($0, 0) }
        return bytes
    }
}
