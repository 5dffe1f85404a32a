import Testing
import Wire

struct PacketHeadersTests {
    static let tcp =
        hex(
            """
            0200000000aa 0200000000bb 8100 6064 0800
            46b90038 12344000 3f060000 c0a80001 c0a80002 01010101
            1f90 0050 00000001 00000002 6112 ffff 0000 0000 020405b4
            61626364 6566
            """) + hex("0000")

    static let udpOverIPv6 = hex(
        """
        0200000000aa 0200000000bb 86dd
        6b812345 00200040 fe800000 00000000 00000000 00000001 fe800000 00000000 00000000 00000002
        3c000104 00000000 11000104 00000000
        1234 0035 0010 0000 0102030405060708
        """)

    @Test func tcpOverIPv4BehindATag() {
        let headers = parse(Self.tcp)
        #expect(headers.issue == .none)
        #expect(headers.vlanCount == 1 && headers.vlanTag(0) == VLANTag(tci: 0x6064) && headers.vlanTag(1) == nil)
        #expect(headers.vlanTag(0)?.priority == 3 && headers.vlanTag(0)?.identifier == 0x64)
        #expect(headers.etherType == .ipv4 && headers.network == .ipv4 && headers.l3Offset == 18)
        #expect(headers.trafficClass == 0xb9 && headers.dscp == 0x2e && headers.ecn == 1 && headers.hopLimit == 0x3f)
        #expect(headers.ipProtocol == .tcp && !headers.isFragment)
        #expect(headers.l3HeaderByteCount == 24 && headers.l4Offset == 42)
        #expect(headers.transport == .tcp && headers.sourcePort == 8080 && headers.destinationPort == 80)
        #expect(headers.tcpFlags == [.syn, .ack, .ns])
        #expect(headers.l4HeaderByteCount == 24 && headers.payloadOffset == 66)
        #expect(headers.l3End == 74 && headers.payloadByteCount == 8 && headers.l4ByteCount == 32)
        #expect(headers.sourceAddressOffset == 30 && headers.destinationAddressOffset == 34)
    }

    @Test func udpOverIPv6BehindOptions() {
        let headers = parse(Self.udpOverIPv6)
        #expect(headers.issue == .none && headers.network == .ipv6 && headers.l3Offset == 14)
        #expect(headers.trafficClass == 0xb8 && headers.hopLimit == 0x40)
        #expect(headers.l3HeaderByteCount == 56 && headers.l4Offset == 70)
        #expect(headers.ipProtocol == .udp && headers.transport == .udp)
        #expect(headers.sourcePort == 0x1234 && headers.destinationPort == 53)
        #expect(headers.payloadOffset == 78 && headers.payloadByteCount == 8)
        #expect(headers.sourceAddressOffset == 22 && headers.addressByteCount == 16)
    }

    @Test func paddingBehindTheDatagramIsNotPayload() {
        let frame = ipv4(protocolNumber: "11", totalLength: "001d", rest: "0001 0002 0009 0000 61") + hex("0000000000")
        let headers = parse(frame)
        #expect(headers.issue == .none && headers.l3End == 14 + 29 && headers.payloadByteCount == 1)
    }

    @Test func threeTagsAreOpenedAndAFourthIsNot() {
        let tags = "88a8 0001 9100 0002 8100 0003"
        let three = parse(hex("0200000000aa 0200000000bb \(tags) 0806"))
        #expect(three.issue == .none && three.vlanCount == 3 && three.etherType == .arp && three.l3Offset == 26)
        #expect(three.vlanTag(0)?.type == .serviceVLAN && three.vlanTag(1)?.type == .oldServiceVLAN)
        #expect(three.vlanTag(2) == VLANTag(tci: 3))
        let four = parse(hex("0200000000aa 0200000000bb \(tags) 8100 0004 0800"))
        #expect(four.issue == .tooManyVLANTags && four.vlanCount == 3 && four.network == .none)
    }

    @Test func fragmentsTellThemselves() {
        let ports = "0001 0002 0008 0000"
        let first = parse(ipv4(protocolNumber: "11", totalLength: "001c", fragment: "2000", rest: ports))
        #expect(first.isFragment && first.fragmentOffset == 0 && first.transport == .udp && !first.hasWholePorts)
        let later = parse(ipv4(protocolNumber: "11", totalLength: "001c", fragment: "0010", rest: ports))
        #expect(later.isFragment && later.fragmentOffset == 128 && later.transport == .none && later.l4Offset == 34)
        let whole = parse(ipv4(protocolNumber: "11", totalLength: "001c", fragment: "4000", rest: ports))
        #expect(!whole.isFragment && whole.hasWholePorts)
    }

    @Test func fragmentsOfIPv6TellThemselves() {
        let later = parse(ipv6(next: "2c", length: "0010", rest: "11000100 00000001 0001 0002 0008 0000"))
        #expect(later.isFragment && later.fragmentOffset == 256 && later.transport == .none)
        #expect(later.ipProtocol == .udp)
        let atomic = parse(ipv6(next: "2c", length: "0010", rest: "11000000 00000001 0001 0002 0008 0000"))
        #expect(!atomic.isFragment && atomic.transport == .udp && atomic.hasWholePorts)
    }

    @Test func securityHeadersAreTransportHeaders() {
        let esp = parse(ipv4(protocolNumber: "32", totalLength: "0020", rest: "12345678 00000001 aabbccdd"))
        #expect(esp.transport == .esp && esp.payloadOffset == esp.l4Offset + 8)
        let ah = parse(ipv6(next: "33", length: "0018", rest: "06040000 12345678 00000001 00000000 00000000 00000000"))
        #expect(ah.transport == .ah && ah.l4HeaderByteCount == 24)
    }

    @Test func malformedHeadersStopTheParser() {
        func issue(_ bytes: [UInt8]) -> PacketHeaders.Issue { parse(bytes).issue }
        #expect(issue(hex("0200000000aa 0200000000bb 08")) == .truncatedEthernet)
        #expect(issue(hex("0200000000aa 0200000000bb 8100 0001 08")) == .truncatedEthernet)
        #expect(issue(hex("0200000000aa 0200000000bb 0800 45")) == .truncatedNetwork)
        let ports = "0001 0002 0008 0000"
        var frame = ipv4(protocolNumber: "11", totalLength: "001c", rest: ports)
        frame[14] = 0x65
        #expect(issue(frame) == .badVersion)
        frame[14] = 0x44
        #expect(issue(frame) == .badNetworkLength)
        frame[14] = 0x4f
        #expect(issue(frame) == .truncatedNetwork)
        #expect(issue(ipv4(protocolNumber: "11", totalLength: "0013", rest: ports)) == .badNetworkLength)
        #expect(issue(ipv4(protocolNumber: "11", totalLength: "001b", rest: ports)) == .truncatedTransport)
        let long = parse(ipv4(protocolNumber: "11", totalLength: "0100", rest: "0001 0002 0008 0000"))
        #expect(long.issue == .truncatedPacket && long.transport == .udp && long.destinationPort == 2)
        let offset = ipv4(
            protocolNumber: "06", totalLength: "0028", rest: "0001 0002 00000000 00000000 4010 0000 0000 0000")
        #expect(issue(offset) == .badTransportLength)
        let many = String(repeating: "3c000000 00000000 ", count: 9)
        #expect(issue(ipv6(next: "3c", length: "0048", rest: many)) == .tooManyExtensions)
        #expect(issue(ipv6(next: "3c", length: "0008", rest: "11ff0000 00000000")) == .truncatedNetwork)
    }

    @Test func lengthsTheDeviceWillFillInAreNotBelieved() {
        let frame = ipv4(
            protocolNumber: "06", totalLength: "0000", rest: "0001 0002 00000000 00000000 5010 0000 0000 0000 61")
        #expect(parse(frame).issue == .badNetworkLength)
        let headers = frame.withUnsafeBytes { PacketHeaders(parsing: $0, lengths: .ignored) }
        #expect(headers.issue == .none && headers.transport == .tcp && headers.payloadByteCount == 1)
    }

    @Test func aPacketInsideABufferIsParsedInPlace() {
        let frame = hex("eeee") + Self.tcp
        let headers = frame.withUnsafeBytes { PacketHeaders(parsing: $0, at: 2) }
        #expect(headers.l2Offset == 2 && headers.l3Offset == 20 && headers.payloadOffset == 68)
        let inner = frame.withUnsafeBytes { PacketHeaders(parsingNetwork: .ipv4, of: $0, at: 20) }
        #expect(inner.transport == .tcp && inner.l4Offset == 44)
    }

    @Test(arguments: [0, 1]) func aFrameCutAnywhereIsNotReadBeyond(index: Int) {
        let frame = [Self.tcp, Self.udpOverIPv6][index]
        for count in 0...frame.count {
            // A buffer of its own, so that a read behind it is found by the bounds checks of debug builds.
            let headers = parse(Array(frame[0..<count]))
            #expect(headers.l3End <= count && headers.payloadOffset <= count)
            if count < 14 { #expect(headers.issue == .truncatedEthernet) }
            if headers.transport == .tcp || headers.transport == .udp { #expect(headers.sourcePort != 0) }
        }
    }

    @Test(arguments: 0..<16 as Range<UInt64>) func noFrameTrapsTheParser(seed: UInt64) {
        var random = Seeded(state: seed)
        for _ in 0..<500 {
            var frame = Bool.random(using: &random) ? Self.tcp : Self.udpOverIPv6
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                frame[Int.random(in: 12..<frame.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            frame.removeLast(Int.random(in: 0..<frame.count, using: &random))
            let headers = parse(frame)
            #expect(headers.l3End <= frame.count && headers.payloadOffset <= frame.count)
            #expect(headers.l4Offset <= frame.count)
            _ = frame.withUnsafeBytes { InternetChecksum.transportSum(of: headers, in: $0) }
            let fields: HashFields = [.sourceIP, .destinationIP, .l4SourcePort, .l4DestinationPort, .ipsecSPI]
            _ = frame.withUnsafeBytes { ToeplitzTests.hasher.hash(fields, of: headers, in: $0) }
        }
    }

    private func parse(_ frame: [UInt8]) -> PacketHeaders { frame.withUnsafeBytes { PacketHeaders(parsing: $0) } }

    private func ipv4(
        protocolNumber: String, totalLength: String, fragment: String = "0000", rest: String
    ) -> [UInt8] {
        hex("0200000000aa 0200000000bb 0800 4500 \(totalLength) 0000 \(fragment) 40 \(protocolNumber) 0000")
            + hex("c0a80001 c0a80002") + hex(rest)
    }

    private func ipv6(next: String, length: String, rest: String) -> [UInt8] {
        hex("0200000000aa 0200000000bb 86dd 60000000 \(length) \(next) 40")
            + hex("fe800000 00000000 00000000 00000001 fe800000 00000000 00000000 00000002") + hex(rest)
    }
}
