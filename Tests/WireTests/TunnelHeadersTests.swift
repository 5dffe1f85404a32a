import Testing
import Wire

/// Tunnels by the layouts of RFC 7348 (VXLAN), RFC 8926 (GENEVE), RFC 2784 and 2890 (GRE) and RFC 7510 (MPLS in UDP).
struct TunnelHeadersTests {
    /// UDP from 10.0.0.1 to 10.0.0.2, port `port`, carrying `payload`.
    private static func datagram(_ port: UInt16, _ payload: [UInt8]) -> [UInt8] {
        let length = 28 + payload.count
        return hex("020000000002 020000000001 0800 4500") + [UInt8(length >> 8), UInt8(length & 0xff)]
            + hex("0001 0000 4011 0000 0a000001 0a000002 c000") + [UInt8(port >> 8), UInt8(port & 0xff)]
            + [UInt8((length - 20) >> 8), UInt8((length - 20) & 0xff), 0, 0] + payload
    }

    private static func packet(_ ipProtocol: UInt8, _ payload: [UInt8]) -> [UInt8] {
        let length = 20 + payload.count
        return hex("020000000002 020000000001 0800 4500") + [UInt8(length >> 8), UInt8(length & 0xff)]
            + hex("0001 0000 40") + [ipProtocol] + hex("0000 0a000001 0a000002") + payload
    }

    /// A frame with UDP from 192.168.0.1:53 to 192.168.0.2:4660.
    private static let inside = hex(
        "0a0000000002 0a0000000001 0800 4500001c 00010000 40110000 c0a80001 c0a80002 0035 1234 0008 0000")

    private func open(_ bytes: [UInt8], ports: TunnelPorts = TunnelPorts()) -> TunnelHeaders {
        bytes.withUnsafeBytes { TunnelHeaders(behind: PacketHeaders(parsing: $0), in: $0, ports: ports) }
    }

    private func expectInside(_ tunnel: TunnelHeaders, at offset: Int) {
        #expect(tunnel.hasInner && tunnel.hasInnerEthernet)
        #expect(tunnel.inner.l2Offset == offset && tunnel.inner.network == .ipv4)
        #expect(tunnel.inner.sourcePort == 53 && tunnel.inner.destinationPort == 4660)
    }

    @Test func vxlan() {
        let tunnel = open(Self.datagram(4789, hex("08000000 123456 00") + Self.inside))
        #expect(tunnel.kind == .vxlan && tunnel.identifier == 0x123456)
        expectInside(tunnel, at: 50)
        #expect(open(Self.datagram(8472, hex("08000000 123456 00") + Self.inside)).kind == .none)
        let ports = TunnelPorts(vxlan: [8472])
        #expect(open(Self.datagram(8472, hex("08000000 123456 00") + Self.inside), ports: ports).kind == .vxlan)
        #expect(open(Self.datagram(4789, hex("08000000 123456 00") + Self.inside), ports: ports).kind == .vxlan)
    }

    @Test func geneve() {
        let tunnel = open(Self.datagram(6081, hex("0180 6558 abcdef 00 01020304") + Self.inside))
        #expect(tunnel.kind == .geneve && tunnel.identifier == 0xabcdef && tunnel.isControl)
        #expect(tunnel.optionWordCount == 1 && tunnel.protocolType == 0x6558)
        expectInside(tunnel, at: 54)
        // Another version is none, and options that are not there end it.
        #expect(open(Self.datagram(6081, hex("4180 6558 abcdef 00") + Self.inside)).kind == .none)
        #expect(open(Self.datagram(6081, hex("3f80 6558 abcdef 00"))).kind == .none)
    }

    @Test func gre() {
        let tunnel = open(Self.packet(47, hex("b000 6558 1111 0000 deadbeef 00000001") + Self.inside))
        #expect(tunnel.kind == .gre && tunnel.hasChecksum && tunnel.hasKey && tunnel.hasSequence)
        #expect(tunnel.key == 0xdeadbeef)
        expectInside(tunnel, at: 50)
        let bare = open(Self.packet(47, hex("0000 0800") + Self.inside[14...]))
        #expect(bare.kind == .gre && !bare.hasKey && bare.hasInner && !bare.hasInnerEthernet)
        #expect(bare.inner.destinationPort == 4660)
        // Version 1 is that of PPTP.
        #expect(open(Self.packet(47, hex("2001 880b 0000 0000"))).kind == .none)
        #expect(open(Self.packet(47, hex("0000 8847 12345140"))).labelStackEntry == 0x1234_5140)
    }

    @Test func vxlanGPEAndMPLS() {
        let tunnel = open(Self.datagram(4790, hex("0c000003 00000a 00") + Self.inside))
        #expect(tunnel.kind == .vxlanGPE && tunnel.identifier == 10 && tunnel.flags == 0x0c)
        expectInside(tunnel, at: 50)
        #expect(open(Self.datagram(6635, hex("12345140"))).labelStackEntry == 0x1234_5140)
    }

    @Test func nothingIsReadBehindTheEnd() {
        for whole in [
            Self.datagram(4789, hex("08000000 123456 00") + Self.inside),
            Self.datagram(6081, hex("0180 6558 abcdef 00 01020304") + Self.inside),
            Self.packet(47, hex("b000 6558 1111 0000 deadbeef 00000001") + Self.inside),
        ] {
            for count in 0..<whole.count {
                // A copy of its own: a read behind its end is one that the sanitizer sees.
                let tunnel = open(Array(whole[..<count]))
                #expect(tunnel.inner.l3End <= count)
            }
        }
    }
}
