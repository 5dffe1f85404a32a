import Testing
import Wire

struct ChecksumTests {
    @Test func theExampleOfRFC1071() {
        let bytes = hex("0001f203f4f5f6f7")
        var sum = InternetChecksum()
        bytes.withUnsafeBytes { sum.add($0) }
        #expect(sum.sum == 0xddf2 && sum.checksum == 0x220d)
    }

    @Test func anIPv4Header() {
        let header = hex("45000073 00004000 4011b861 c0a80001 c0a800c7")
        var sum = InternetChecksum()
        header.withUnsafeBytes { sum.add($0) }
        #expect(sum.isValid)
        sum.subtract(0xb861)
        #expect(sum.checksum == 0xb861)
    }

    @Test func anOddNumberOfBytesIsPaddedWithZero() {
        let bytes = hex("010203")
        #expect(bytes.withUnsafeBytes { InternetChecksum.sum(of: $0, count: 3) } == 0x0402)
        #expect(bytes.withUnsafeBytes { InternetChecksum.sum(of: $0, from: 1, count: 2) } == 0x0203)
        #expect(bytes.withUnsafeBytes { InternetChecksum.sum(of: $0, from: 3, count: 0) } == 0)
    }

    @Test func carriesGoAround() {
        let bytes = [UInt8](repeating: 0xff, count: 64)
        #expect(bytes.withUnsafeBytes { InternetChecksum.sum(of: $0, count: 64) } == 0xffff)
        var sum = InternetChecksum()
        sum.add(0xffff as UInt16)
        sum.add(0x0001_0001 as UInt32)
        #expect(sum.sum == 2)
    }

    @Test func zeroIsNoChecksumForUDP() {
        var sum = InternetChecksum()
        sum.add(0xffff as UInt16)
        #expect(sum.checksum == 0 && sum.udpChecksum == 0xffff)
    }

    @Test(arguments: 0..<32 as Range<UInt64>) func piecesOfAnyLengthAddUpToTheWhole(seed: UInt64) {
        var random = Seeded(state: seed)
        let bytes = random.bytes(Int.random(in: 0...300, using: &random))
        var plain: UInt32 = 0
        for (index, byte) in bytes.enumerated() { plain += UInt32(byte) << (index % 2 == 0 ? 8 : 0) }
        while plain > 0xffff { plain = plain >> 16 + plain & 0xffff }
        bytes.withUnsafeBytes { buffer in
            #expect(InternetChecksum.sum(of: buffer, count: buffer.count) == UInt16(plain))
            var sum = InternetChecksum()
            var place = 0
            while place < buffer.count {
                let count = Int.random(in: 1...buffer.count - place, using: &random)
                sum.add(buffer, from: place, count: count)
                place += count
            }
            #expect(sum.sum == UInt16(plain))
        }
    }

    @Test func aUDPDatagramOverIPv4WithItsPseudoHeader() {
        // 192.168.0.1 to 192.168.0.199, ports 1 and 2, "abc": c0a8+0001+c0a8+00c7+0011+000b+0001+0002+000b+6162+6300
        // is 246a4, folded 46a6, inverted b959.
        let frame = hex(
            """
            020000000001 020000000002 0800 4500001f 00000000 40110000 c0a80001 c0a800c7
            0001 0002 000b b959 616263 0000000000
            """)
        frame.withUnsafeBytes { bytes in
            let headers = PacketHeaders(parsing: bytes)
            #expect(InternetChecksum.transportSum(of: headers, in: bytes) == 0xffff)
        }
    }

    @Test func aPingOverIPv6WithItsPseudoHeader() {
        // fe80::1 to fe80::2: fe80+0001+fe80+0002+0008+003a+8000+0001+0001 is 27d47, folded 7d49, inverted 82b6.
        let frame = hex(
            """
            020000000001 020000000002 86dd 60000000 00083aff fe800000 00000000 00000000 00000001
            fe800000 00000000 00000000 00000002 8000 82b6 0001 0001
            """)
        frame.withUnsafeBytes { bytes in
            let headers = PacketHeaders(parsing: bytes)
            #expect(headers.transport == .icmpv6)
            #expect(InternetChecksum.transportSum(of: headers, in: bytes) == 0xffff)
        }
    }

    @Test func aPingOverIPv4HasNoPseudoHeader() {
        let frame = hex(
            """
            020000000001 020000000002 0800 4500001c 00000000 40010000 c0a80001 c0a80002 0800 f7fd 0001 0001
            """)
        frame.withUnsafeBytes { bytes in
            #expect(InternetChecksum.transportSum(of: PacketHeaders(parsing: bytes), in: bytes) == 0xffff)
        }
    }

    @Test func theFrameCheckSequenceOfTheUsualExample() {
        #expect(Array("123456789".utf8).withUnsafeBytes { FrameCheckSequence.compute($0) } == 0xcbf4_3926)
        #expect([UInt8]().withUnsafeBytes { FrameCheckSequence.compute($0) } == 0)
    }

    @Test(arguments: 0..<16 as Range<UInt64>) func aFrameWithItsCheckSequenceLeavesTheKnownRemainder(seed: UInt64) {
        var random = Seeded(state: seed)
        var frame = random.bytes(Int.random(in: 0...200, using: &random))
        let check = frame.withUnsafeBytes { FrameCheckSequence.compute($0) }
        for shift in [0, 8, 16, 24] as [UInt32] { frame.append(UInt8(truncatingIfNeeded: check >> shift)) }
        #expect(frame.withUnsafeBytes { FrameCheckSequence.extend(.max, with: $0) } == 0xdebb_20e3)
    }
}
