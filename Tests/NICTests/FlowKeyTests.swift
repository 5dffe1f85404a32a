import Host
import NIC
import Simulation
import Testing
import Wire

/// What a flow key holds of packets, word for word, by the layouts of RFCs and of the native interface, section 6.5.
struct FlowKeyTests {
    /// A group that compares one field finds the frame by its value, and does not by another.
    private func matches(
        _ frame: [UInt8], _ field: BitField, in set: Int, _ value: UInt32, context: FrameContext = .fromUplink
    ) -> Bool {
        var engine = Steering()
        let table = engine.add(FlowTable(owner: FunctionID(0), type: .nicRX, logSize: 1))
        let command = Bench.group(0...0) { $0.set(field, .max, at: set) }
        guard let group = try? FlowGroupDescription(decoding: command) else { return false }
        _ = engine.addGroup(group, to: table)
        var parameters = Record(byteCount: MatchParameters.byteCount)
        parameters.set(field, value, at: set)
        var entry = FlowEntryDescription(group: 0, action: .forward, value: (0..<64).map { parameters.get64($0 * 8) })
        entry.destinations = [SteeringDestination(.receiveInterface, 1)]
        guard (try? engine.addEntry(entry, at: 0, of: table)) != nil else { return false }
        return frame.withUnsafeBytes { bytes in
            let packet = SteeredPacket(PacketHeaders(parsing: bytes), bytes)
            var key = FlowKey(packet.headers, bytes, context)
            let first = engine.decide(&key, packet, from: table).deliveries[0].destination.kind
            // The second time by the cache.
            var again = FlowKey(packet.headers, bytes, context)
            let second = engine.decide(&again, packet, from: table).deliveries[0].destination.kind
            return first == .receiveInterface && second == .receiveInterface
        }
    }

    private func expect(
        _ frame: [UInt8], _ field: BitField, in set: Int, _ value: UInt32,
        location: SourceLocation = #_sourceLocation
    ) {
        #expect(matches(frame, field, in: set, value), sourceLocation: location)
        #expect(!matches(frame, field, in: set, value ^ 1), sourceLocation: location)
    }

    static let outer = MatchParameters.outer
    static let misc = MatchParameters.misc
    static let inner = MatchParameters.inner
    static let misc2 = MatchParameters.misc2
    static let misc3 = MatchParameters.misc3

    /// Addresses, then type.
    static let ethernet: [UInt8] = [0x02, 0, 0, 0, 0, 0x0b, 0x02, 0, 0, 0, 0, 0x0a]

    /// IPv4 from 192.0.2.1 to 192.0.2.2, with `fragment` as flags and offset.
    static func ipv4(_ ipProtocol: UInt8, _ payload: [UInt8], fragment: UInt16 = 0) -> [UInt8] {
        let length = 20 + payload.count
        return ethernet + [
            0x08, 0x00, 0x45, 0x2e, UInt8(length >> 8), UInt8(length & 0xff), 0, 1, UInt8(fragment >> 8),
            UInt8(fragment & 0xff), 61, ipProtocol, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2,
        ] + payload
    }

    static func udp(to port: UInt16, _ payload: [UInt8], fragment: UInt16 = 0) -> [UInt8] {
        let length = 8 + payload.count
        let header: [UInt8] = [
            0xc0, 0x01, UInt8(port >> 8), UInt8(port & 0xff), UInt8(length >> 8), UInt8(length & 0xff), 0, 0,
        ]
        return ipv4(17, header + payload, fragment: fragment)
    }

    /// A frame inside a tunnel: one tag, IPv6 with flow label 0x12345, TCP from 4097 to 8193, sequence 0x01020304,
    /// acknowledgement 0x05060708, flags SYN and ACK.
    static let insides: [UInt8] =
        [0x02, 0, 0, 0, 0x11, 0x0d, 0x02, 0, 0, 0, 0x22, 0x0c, 0x81, 0, 0x60, 0x2a, 0x86, 0xdd]
        + [0x6a, 0xb1, 0x23, 0x45, 0, 20, 6, 17] + [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
        + [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]
        + [0x10, 0x01, 0x20, 0x01, 1, 2, 3, 4, 5, 6, 7, 8, 0x50, 0x12, 0, 0, 0, 0, 0, 0]

    @Test func theFirstFragmentHasNoPorts() {
        let ports: [UInt8] = [0x03, 0xe8, 0x07, 0xd0, 0, 40, 0, 0] + Array(repeating: 7, count: 24)
        let whole = Self.ipv4(17, ports)
        let first = Self.ipv4(17, ports, fragment: 0x2000)
        let later = Self.ipv4(17, ports, fragment: 0x0004)
        #expect(matches(whole, MatchLayer24.udpDport, in: Self.outer, 2000))
        #expect(matches(whole, MatchLayer24.l4Type, in: Self.outer, 2))
        for fragment in [first, later] {
            #expect(!matches(fragment, MatchLayer24.udpDport, in: Self.outer, 2000))
            #expect(matches(fragment, MatchLayer24.udpDport, in: Self.outer, 0))
            #expect(matches(fragment, MatchLayer24.l4Type, in: Self.outer, 0))
            #expect(matches(fragment, MatchLayer24.frag, in: Self.outer, 1))
            #expect(matches(fragment, MatchLayer24.ipProtocol, in: Self.outer, 17))
        }
        let segment = Self.ipv4(6, [0, 1, 0, 2, 1, 2, 3, 4, 0, 0, 0, 0, 0x50, 0x12, 0, 0, 0, 0, 0, 0], fragment: 0x2000)
        #expect(matches(segment, MatchLayer24.tcpFlags, in: Self.outer, 0))
        #expect(matches(segment, MatchLayer24.tcpDport, in: Self.outer, 0))
        #expect(matches(segment, MatchMisc3.outerTcpSeqNum, in: Self.misc3, 0))
        let echo = Self.ipv4(1, [8, 3, 0, 0, 1, 2, 3, 4], fragment: 0x2000)
        #expect(matches(echo, MatchMisc3.icmpType, in: Self.misc3, 0))
        let tunnel = Self.udp(to: 4789, [8, 0, 0, 0, 1, 2, 3, 0] + Self.insides, fragment: 0x2000)
        #expect(matches(tunnel, MatchMisc.vxlanVni, in: Self.misc, 0))
        #expect(matches(tunnel, MatchLayer24.ipProtocol, in: Self.inner, 0))
    }

    @Test func sourceAndRegistersComeWithTheFrame() {
        var context = FrameContext(sourceVport: 0x8003, sourceQueue: 0x12_3456)
        for register in 0...8 { context.setRegister(register, 0x1000_0000 + UInt32(register)) }
        let frame = Self.ipv4(6, [])
        func found(_ field: BitField, _ set: Int, _ value: UInt32) -> Bool {
            matches(frame, field, in: set, value, context: context)
        }
        #expect(found(MatchMisc.sourcePort, Self.misc, 0x8003) && !found(MatchMisc.sourcePort, Self.misc, 0x8002))
        #expect(found(MatchMisc.sourceSqn, Self.misc, 0x12_3456))
        #expect(found(MatchMisc2.metadataRegC0, Self.misc2, 0x1000_0000))
        #expect(found(MatchMisc2.metadataRegC1, Self.misc2, 0x1000_0001))
        #expect(found(MatchMisc2.metadataRegC2, Self.misc2, 0x1000_0002))
        #expect(found(MatchMisc2.metadataRegC5, Self.misc2, 0x1000_0005))
        #expect(found(MatchMisc2.metadataRegC7, Self.misc2, 0x1000_0007))
        #expect(found(MatchMisc2.metadataRegA, Self.misc2, 0x1000_0008))
        #expect(!found(MatchMisc2.metadataRegA, Self.misc2, 0x1000_0009))
        #expect(matches(frame, MatchMisc.sourcePort, in: Self.misc, 0xffff))
    }

    /// What is inside a tunnel is found whichever tunnel it is.
    private func expectInsides(_ frame: [UInt8]) {
        expect(frame, MatchLayer24.dmac15_0, in: Self.inner, 0x110d)
        expect(frame, MatchLayer24.smac15_0, in: Self.inner, 0x220c)
        expect(frame, MatchLayer24.ethertype, in: Self.inner, 0x86dd)
        expect(frame, MatchLayer24.firstVid, in: Self.inner, 0x02a)
        expect(frame, MatchLayer24.firstPrio, in: Self.inner, 3)
        expect(frame, MatchLayer24.cvlanTag, in: Self.inner, 1)
        expect(frame, MatchLayer24.ipVersion, in: Self.inner, 6)
        expect(frame, MatchLayer24.ipDscp, in: Self.inner, 0x2a)
        expect(frame, MatchLayer24.ttlHoplimit, in: Self.inner, 17)
        expect(frame, BitField(word: 0x2c), in: Self.inner, 1)
        expect(frame, BitField(word: 0x30), in: Self.inner, 0x2001_0db8)
        expect(frame, MatchLayer24.tcpSport, in: Self.inner, 4097)
        expect(frame, MatchLayer24.tcpDport, in: Self.inner, 8193)
        expect(frame, MatchLayer24.tcpFlags, in: Self.inner, 0x12)
        expect(frame, MatchMisc.innerIpv6FlowLabel, in: Self.misc, 0x12345)
        expect(frame, MatchMisc3.innerTcpSeqNum, in: Self.misc3, 0x0102_0304)
        expect(frame, MatchMisc3.innerTcpAckNum, in: Self.misc3, 0x0506_0708)
        // The outer headers stay what they were.
        expect(frame, MatchLayer24.ipVersion, in: Self.outer, 4)
        expect(frame, MatchLayer24.dmac15_0, in: Self.outer, 0x000b)
        expect(frame, MatchMisc.outerIpv6FlowLabel, in: Self.misc, 0)
    }

    @Test func vxlanIsOpened() {
        let frame = Self.udp(to: 4789, [8, 0, 0, 0, 0x0a, 0x0b, 0x0c, 0] + Self.insides)
        expectInsides(frame)
        expect(frame, MatchMisc.vxlanVni, in: Self.misc, 0x0a0b0c)
        let other = Self.udp(to: 4788, [8, 0, 0, 0, 0x0a, 0x0b, 0x0c, 0] + Self.insides)
        #expect(matches(other, MatchMisc.vxlanVni, in: Self.misc, 0))
        #expect(matches(other, MatchLayer24.tcpDport, in: Self.inner, 0))
    }

    @Test func geneveIsOpenedBehindItsOptions() {
        let frame = Self.udp(
            to: 6081, [0x02, 0x80, 0x65, 0x58, 0x0a, 0x0b, 0x0c, 0, 1, 2, 3, 1, 9, 9, 9, 9] + Self.insides)
        expectInsides(frame)
        expect(frame, MatchMisc.geneveVni, in: Self.misc, 0x0a0b0c)
        expect(frame, MatchMisc.geneveOam, in: Self.misc, 1)
        expect(frame, MatchMisc.geneveOptLen, in: Self.misc, 2)
        expect(frame, MatchMisc.geneveProtocolType, in: Self.misc, 0x6558)
    }

    @Test func greIsOpenedBehindWhatItsFlagsAnnounce() {
        let frame = Self.ipv4(
            47, [0xb0, 0x00, 0x65, 0x58, 1, 2, 0, 0, 0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 5] + Self.insides)
        expectInsides(frame)
        expect(frame, MatchMisc.greProtocol, in: Self.misc, 0x6558)
        expect(frame, MatchMisc.greKeyKey, in: Self.misc, 0xcafe_babe)
        expect(frame, MatchMisc.greCPresent, in: Self.misc, 1)
        expect(frame, MatchMisc.greKPresent, in: Self.misc, 1)
        expect(frame, MatchMisc.greSPresent, in: Self.misc, 1)
        let plain = Self.ipv4(47, [0, 0, 0x88, 0x47, 0x12, 0x34, 0x5a, 0x40])
        expect(plain, MatchMisc.greKPresent, in: Self.misc, 0)
        expect(plain, MatchMisc2.outerFirstMplsOverGreMplsLabel, in: Self.misc2, 0x12345)
        expect(plain, MatchMisc2.outerFirstMplsOverGreMplsExp, in: Self.misc2, 5)
        expect(plain, MatchMisc2.outerFirstMplsOverGreMplsTtl, in: Self.misc2, 0x40)
    }

    @Test func vxlanGPEAndMPLSAreOpened() {
        let frame = Self.udp(to: 4790, [0x0c, 0, 0, 3, 0x0a, 0x0b, 0x0c, 0] + Self.insides)
        expectInsides(frame)
        expect(frame, MatchMisc3.outerVxlanGpeVni, in: Self.misc3, 0x0a0b0c)
        expect(frame, MatchMisc3.outerVxlanGpeNextProtocol, in: Self.misc3, 3)
        expect(frame, MatchMisc3.outerVxlanGpeFlags, in: Self.misc3, 0x0c)
        let datagram = Self.udp(to: 6635, [0x12, 0x34, 0x5b, 0x40, 0, 0, 0, 0])
        expect(datagram, MatchMisc2.outerFirstMplsOverUdpMplsLabel, in: Self.misc2, 0x12345)
        expect(datagram, MatchMisc2.outerFirstMplsOverUdpMplsSBos, in: Self.misc2, 1)
        let labelled = Self.ethernet + [0x88, 0x47, 0x54, 0x32, 0x15, 0x3f, 0x45, 0, 0, 20]
        expect(labelled, MatchMisc2.outerFirstMplsMplsLabel, in: Self.misc2, 0x54321)
        expect(labelled, MatchMisc2.outerFirstMplsMplsTtl, in: Self.misc2, 0x3f)
    }

    @Test func transportDetailsAreCompared() {
        let segment = Self.ipv4(6, [0, 1, 0, 2, 1, 2, 3, 4, 5, 6, 7, 8, 0x50, 0x12, 0, 0, 0, 0, 0, 0])
        expect(segment, MatchMisc3.outerTcpSeqNum, in: Self.misc3, 0x0102_0304)
        expect(segment, MatchMisc3.outerTcpAckNum, in: Self.misc3, 0x0506_0708)
        expect(segment, MatchMisc3.innerTcpSeqNum, in: Self.misc3, 0)
        let echo = Self.ipv4(1, [8, 3, 0, 0, 0xab, 0xcd, 0, 9])
        expect(echo, MatchMisc3.icmpType, in: Self.misc3, 8)
        expect(echo, MatchMisc3.icmpCode, in: Self.misc3, 3)
        expect(echo, MatchMisc3.icmpHeaderData, in: Self.misc3, 0xabcd_0009)
        let solicitation =
            Self.ethernet + [0x86, 0xdd, 0x60, 0x0b, 0xcd, 0xef, 0, 8, 58, 255] + Array(repeating: 1, count: 32)
            + [135, 2, 0, 0, 0, 0, 1, 0]
        expect(solicitation, MatchMisc3.icmpv6Type, in: Self.misc3, 135)
        expect(solicitation, MatchMisc3.icmpv6Code, in: Self.misc3, 2)
        expect(solicitation, MatchMisc3.icmpv6HeaderData, in: Self.misc3, 0x100)
        expect(solicitation, MatchMisc3.icmpType, in: Self.misc3, 0)
        expect(solicitation, MatchMisc.outerIpv6FlowLabel, in: Self.misc, 0xbcdef)
        let secured = Self.ipv4(50, [0xde, 0xad, 0xbe, 0xef, 0, 0, 0, 1])
        expect(secured, MatchMisc.outerEspSpi, in: Self.misc, 0xdead_beef)
    }
}
