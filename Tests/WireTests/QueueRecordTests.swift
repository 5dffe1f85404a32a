import Testing
import Wire

struct QueueRecordTests {
    static let received = hex(
        """
        00000000 00000000 00000000 deadbeef 48000000 12340000 00000000 07456064
        0000002a 00000000 00000000 000005ea 00000001 02030405 00000011 0009ff21
        """)

    @Test func aCompletionOfAReceivedFrameIsReadFieldByField() {
        let entry = Self.received.withUnsafeBytes { CompletionQueueEntry(decoding: $0) }
        #expect(entry.rssHash == 0xdead_beef)
        #expect(entry.rssHashType == RSSHashType(.ipv6, .tcp))
        #expect(entry.rssHashType.network == .ipv6 && entry.rssHashType.transport == .tcp)
        #expect(entry.checksum == 0x1234)
        #expect(entry.isL2OK && entry.isL3OK && entry.isL4OK)
        #expect(entry.isVLANStripped && entry.vlanTCI == 0x6064)
        #expect(entry.l3HeaderType == .ipv6 && entry.l4HeaderType == .tcpAckAndData)
        #expect(entry.userIndex == 0x2a && entry.lroSegmentCount == 0)
        #expect(entry.byteCount == 1514)
        #expect(entry.timestamp == 0x1_0203_0405)
        #expect(entry.flowTag == 0x11 && entry.wqeCounter == 9)
        #expect(entry.signature == 0xff && entry.opcode == .send && entry.format == 0)
        #expect(!entry.isSolicited && entry.owner && !entry.isError)
    }

    @Test func aCompletionOfAReceivedFrameIsBuiltFieldByField() {
        var entry = CompletionQueueEntry.received(byteCount: 1514, wqeCounter: 9, timestamp: 0x1_0203_0405)
        entry.rssHash = 0xdead_beef
        entry.rssHashType = RSSHashType(.ipv6, .tcp)
        entry.checksum = 0x1234
        entry.isL2OK = true
        entry.isL3OK = true
        entry.isL4OK = true
        entry.isVLANStripped = true
        entry.vlanTCI = 0x6064
        entry.l3HeaderType = .ipv6
        entry.l4HeaderType = .tcpAckAndData
        entry.userIndex = 0x2a
        entry.flowTag = 0x11
        entry.owner = true
        #expect(encoded(entry) == Self.received)
    }

    @Test func aCompletionOfASend() {
        var entry = CompletionQueueEntry.sent(queueNumber: 0x123456, wqeCounter: 0xabcd, sendOpcode: 0x0e, timestamp: 7)
        #expect(Array(encoded(entry)[0x30...]) == hex("00000000 00000007 0e123456 abcdff00"))
        entry.owner = true
        #expect(encoded(entry)[0x3f] == 0x01)
    }

    @Test func aCompletionOfAFailure() {
        let entry = CompletionQueueEntry.failed(
            .requesterError, queueNumber: 0x77, wqeCounter: 5, sendOpcode: 0x0a, syndrome: .localProtection,
            vendorSyndrome: 0x68)
        #expect(Array(encoded(entry)[0x30...]) == hex("00000000 00006804 0a000077 0005ffd0"))
        let read = encoded(entry).withUnsafeBytes { CompletionQueueEntry(decoding: $0) }
        #expect(read.isError && read.syndrome == .localProtection && read.vendorSyndrome == 0x68)
        #expect(read.queueNumber == 0x77 && read.sendOpcode == 0x0a)
    }

    @Test func aFreshQueueReadsAsInvalid() {
        let bytes = [UInt8](repeating: CompletionQueueEntry.initialByte, count: 64)
        let entry = bytes.withUnsafeBytes { CompletionQueueEntry(decoding: $0) }
        #expect(entry.opcode == .invalid && entry.owner)
    }

    @Test func theOwnerBitFlipsWithEveryRound() {
        let owners = (0..<12 as Range<UInt32>).map { CompletionQueueEntry.owner(ofProducer: $0, logSize: 2) }
        #expect(owners == [false, false, false, false, true, true, true, true, false, false, false, false])
    }

    @Test(arguments: 0..<8 as Range<UInt64>) func completionsSurviveUnchanged(seed: UInt64) {
        var random = Seeded(state: seed)
        for _ in 0..<50 {
            let bytes = random.bytes(64)
            #expect(encoded(bytes.withUnsafeBytes { CompletionQueueEntry(decoding: $0) }) == bytes)
        }
    }

    @Test func eventsAreWrittenAsTheSpecificationTellsThem() {
        #expect(words(.completion(cqn: 0x123456)) == [0x38: 0x0012_3456])
        #expect(words(.cqError(cqn: 0x55, syndrome: 1)) == [0: 0x0004_0000, 0x20: 0x55, 0x28: 0x1])
        #expect(words(.portChange(.active, port: 1)) == [0: 0x0009_0004, 0x28: 0x1000_0000])
        #expect(words(.commandsDone(0x8000_0001)) == [0: 0x000a_0000, 0x20: 0x8000_0001])
        #expect(words(.pageRequest(functionID: 3, count: -2)) == [0: 0x000b_0000, 0x20: 3, 0x24: 0xffff_fffe])
        #expect(words(.nicVportChange(vport: 0xfffe)) == [0: 0x000d_0000, 0x20: 0xfffe])
        #expect(words(.vhcaStateChange(functionID: 0x8001)) == [0: 0x000f_0000, 0x20: 0x8001])
        let queue = EventQueueEntry.queue(.wqCatastrophicError, .sq, number: 0x99)
        #expect(words(queue) == [0: 0x0005_0000, 0x34: 0x0200_0000, 0x38: 0x99])
    }

    @Test func anEventIsReadAsItWasWritten() {
        var bytes = [UInt8](repeating: 0, count: 64)
        bytes.replaceSubrange(0..<4, with: hex("00090004"))
        bytes[0x28] = 0x20
        bytes[0x3f] = 1
        let entry = bytes.withUnsafeBytes { EventQueueEntry(decoding: $0) }
        #expect(entry.type == .portChange && entry.subtype == PortChangeSubtype.active.rawValue)
        #expect(entry.portNumber == 2 && entry.owner)
    }

    /// The words of `entry` that are not zero, by offset.
    private func words(_ entry: EventQueueEntry) -> [Int: UInt32] {
        var bytes = [UInt8](repeating: 0xee, count: 64)
        bytes.withUnsafeMutableBytes { entry.encode(into: $0) }
        let record = Record(bytes: bytes)
        var words: [Int: UInt32] = [:]
        for offset in stride(from: 0, to: 64, by: 4) where record.get(BitField(word: offset)) != 0 {
            words[offset] = record.get(BitField(word: offset))
        }
        return words
    }

    private func encoded(_ entry: CompletionQueueEntry) -> [UInt8] {
        var bytes = [UInt8](repeating: 0xee, count: 64)
        bytes.withUnsafeMutableBytes { entry.encode(into: $0) }
        return bytes
    }
}
