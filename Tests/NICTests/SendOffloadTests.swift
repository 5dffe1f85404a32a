import NIC
import Simulation
import Testing
import Wire

/// Tags, inline headers, checksums and segmentation (native interface, section 5.1).
struct SendOffloadTests {
    /// An entry with the inline `header`, the Ethernet segment's word 0x4 and 60 or more bytes at `Bench.data`.
    static func entry(opcode: UInt8, header: [UInt8], flags: UInt8, mss: UInt16, byteCount: UInt32) -> [UInt8] {
        let headerSegments = (header.count - 2 + 15) / 16
        var bytes: [UInt8] = [
            0, 0, 0, opcode, 0, 0, 1, UInt8(3 + headerSegments), 0, 0, 0, 8, 0, 0, 0, 0,
            0, 0, 0, 0, flags, 0, UInt8(mss >> 8), UInt8(mss & 0xff), 0, 0, 0, 0, 0, UInt8(header.count),
        ]
        bytes += header
        while bytes.count % 16 != 0 { bytes.append(0) }
        bytes += [
            UInt8(byteCount >> 24), UInt8(byteCount >> 16 & 0xff), UInt8(byteCount >> 8 & 0xff),
            UInt8(byteCount & 0xff),
            0, 0, 2, 0x11, 0, 0, 0, 0, 0, 0x10, 0, 0,
        ]
        return bytes
    }

    static func send(_ entry: [UInt8], payload: [UInt8], change: (Bench) -> Void = { _ in }) -> Bench {
        let bench = Bench.sender()
        change(bench)
        bench.write(payload, at: Bench.data)
        bench.post(entry, block: 0)
        bench.ring(UInt32((entry.count + 63) / 64))
        bench.run()
        return bench
    }

    @Test func putsAnInlineHeaderBeforeTheData() {
        let entry = Self.entry(opcode: 0x0a, header: Array(SendTests.plain[..<18]), flags: 0, mss: 0, byteCount: 42)
        let bench = Self.send(entry, payload: Array(SendTests.plain[18...]))
        #expect(bench.sent.map(\.bytes) == [SendTests.plain])
    }

    @Test(arguments: [(UInt8(0x80), UInt8(0x81), UInt8(0x00)), (0x81, 0x88, 0xa8)])
    func insertsATag(flag: UInt8, first: UInt8, second: UInt8) {
        var entry = SendTests.entry
        entry.replaceSubrange(28..<32, with: [0x80, flag & 1, 0x60, 0x2a])
        let bench = Self.send(entry, payload: SendTests.plain)
        let expected = SendTests.plain[..<12] + [first, second, 0x60, 0x2a] + SendTests.plain[12...]
        #expect(bench.sent.map(\.bytes) == [Array(expected)])
    }

    @Test func fillsInBothChecksums() {
        var packet = Headers.tcp4 + [1, 2, 3, 4, 5, 6]
        packet.replaceSubrange(16..<18, with: [0, 46])
        let entry = Self.entry(opcode: 0x0a, header: [2, 0], flags: 0xc0, mss: 0, byteCount: UInt32(packet.count - 2))
        let bench = Self.send(entry, payload: Array(packet[2...]))
        let sent = bench.sent.first?.bytes ?? []
        #expect(Array(sent[24..<26]) == [0x14, 0x94])
        #expect(Array(sent[50..<52]) == [0x85, 0x7f])
    }

    @Test func segmentsTCPOverIPv4() {
        let payload = (0..<250).map { UInt8($0) }
        let bench = Self.send(
            Self.entry(opcode: 0x0e, header: Headers.tcp4, flags: 0xc0, mss: 100, byteCount: 250), payload: payload)
        let frames = bench.sent.map(\.bytes)
        #expect(frames.map(\.count) == [154, 154, 104])
        #expect(frames.map { Array($0[16..<18]) } == [[0, 140], [0, 140], [0, 90]])
        #expect(frames.map { Array($0[18..<20]) } == [[0x12, 0x34], [0x12, 0x35], [0x12, 0x36]])
        #expect(frames.map { Array($0[38..<42]) } == [[1, 0, 0, 0], [1, 0, 0, 100], [1, 0, 0, 200]])
        #expect(frames.map { $0[47] } == [0x90, 0x10, 0x19])
        #expect(frames.flatMap { $0[54...] } == payload)
        for frame in frames { #expect(Self.checksumsAreRight(frame)) }
        #expect(bench.sendCompletion(0)[0x3f] == 0)
        #expect(bench.sendCompletion(0)[0x38] == 0x0e)
    }

    @Test func segmentsTCPOverIPv6() {
        let header: [UInt8] =
            Array(Headers.tcp4[..<12]) + [0x86, 0xdd, 0x60, 0, 0, 0, 0, 0, 6, 64]
            + [0xfd] + [UInt8](repeating: 0, count: 14) + [1] + [0xfd] + [UInt8](repeating: 0, count: 14) + [2]
            + Array(Headers.tcp4[34...])
        let bench = Self.send(
            Self.entry(opcode: 0x0e, header: header, flags: 0x80, mss: 1000, byteCount: 1500),
            payload: [UInt8](repeating: 0x5a, count: 1500))
        let frames = bench.sent.map(\.bytes)
        #expect(frames.map(\.count) == [1074, 574])
        #expect(frames.map { Array($0[18..<20]) } == [[0x03, 0xfc], [0x02, 0x08]])
        for frame in frames { #expect(Self.checksumsAreRight(frame)) }
    }

    @Test func segmentsUDP() {
        let header: [UInt8] =
            Array(Headers.tcp4[..<23]) + [17, 0, 0] + Array(Headers.tcp4[26..<34]) + [
                0x03, 0xe8, 0x07, 0xd0, 0, 0, 0, 0,
            ]
        let bench = Self.send(
            Self.entry(opcode: 0x0e, header: header, flags: 0xc0, mss: 512, byteCount: 1000),
            payload: [UInt8](repeating: 0x77, count: 1000))
        let frames = bench.sent.map(\.bytes)
        #expect(frames.map(\.count) == [554, 530])
        #expect(frames.map { Array($0[38..<40]) } == [[0x02, 0x08], [0x01, 0xf0]])
        for frame in frames { #expect(Self.checksumsAreRight(frame)) }
    }

    @Test func aLargeSendWaitsForRoomInTheSendBuffer() {
        var parameters = NICParameters.default
        parameters.sendBufferByteCount = 4096
        let bench = Bench.sender(parameters)
        let payload = (0..<60_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        bench.write(payload, at: Bench.data)
        bench.post(
            Self.entry(opcode: 0x0e, header: Headers.tcp4, flags: 0xc0, mss: 100, byteCount: 60_000), block: 0)
        bench.ring(2)
        bench.run()
        #expect(bench.sent.count == 600)
        let isWhole = bench.sent.flatMap { $0.bytes[54...] } == payload
        #expect(isWhole)
        #expect(bench.isBalanced)
    }

    static func checksumsAreRight(_ frame: [UInt8]) -> Bool {
        frame.withUnsafeBytes { bytes in
            let headers = PacketHeaders(parsing: bytes)
            let network =
                headers.network == .ipv6
                || InternetChecksum.sum(of: bytes, from: 14, count: headers.l3HeaderByteCount) == 0xffff
            return network && InternetChecksum.transportSum(of: headers, in: bytes) == 0xffff
        }
    }
}
