import Capture
import Foundation
import Testing

@Suite struct FrameDissectorTests {
    @Test func aFrameHasOneLine() {
        #expect(FrameDissector.summary(of: synFrame()) == "10.0.0.1 > 10.0.0.2 TCP 443→55012 [SYN] len 0")
    }

    @Test func fieldsKnowTheirBytes() {
        let fields = FrameDissector.fields(of: synFrame(ttl: 63))
        let ttl = fields.first { $0.name == "ip.ttl" }
        #expect(ttl == DissectedField(name: "ip.ttl", range: 22..<23, value: "63"))
        #expect(fields.first { $0.name == "tcp.flags" }?.value == "0x0002")
    }

    @Test func everyPrefixOfAFrameIsTakenApart() {
        let frame = synFrame()
        for count in 0...frame.count { _ = FrameDissector.fields(of: frame.prefix(count)) }
    }

    /// The first occurrence of each field, beside tshark's, on real captures.
    @Test(
        .enabled(if: Workbench.hasTshark, "skipped: tshark is not installed"),
        .enabled(if: !Workbench.sharedCaptures.isEmpty, "skipped: ../shared/captures is absent"))
    func tsharkSeesTheSameFields() throws {
        let names = [
            "eth.dst", "eth.src", "eth.type", "vlan.id", "vlan.priority", "ip.ttl", "ip.id", "ip.len", "ip.proto",
            "ip.checksum", "ip.src", "ip.dst", "ip.flags.df", "ip.hdr_len", "ip.dsfield.dscp", "ip.frag_offset",
            "ipv6.src", "ipv6.dst", "ipv6.plen", "ipv6.nxt", "ipv6.hlim", "ipv6.flow", "tcp.srcport", "tcp.dstport",
            "tcp.seq_raw", "tcp.ack_raw", "tcp.flags", "tcp.window_size_value", "tcp.checksum", "tcp.hdr_len",
            "udp.srcport", "udp.dstport", "udp.length", "udp.checksum", "icmpv6.type", "icmpv6.checksum", "arp.opcode",
        ]
        for path in Workbench.sharedCaptures where !["gre", "mpls", "pppoe"].contains(where: path.contains) {
            let output = try Workbench.run(
                "tshark",
                ["-r", path, "-T", "fields", "-E", "separator=|", "-E", "occurrence=f", "-o", "ip.defragment:FALSE"]
                    + ["-o", "ipv6.defragment:FALSE", "-o", "tcp.desegment_tcp_streams:FALSE"]
                    + names.flatMap { ["-e", $0] }
            ).output
            let lines = output.split(separator: "\n")
            var reader = try CaptureReader(path: path)
            for (number, line) in lines.enumerated() {
                let frame = try #require(try reader.next())
                let fields = FrameDissector.fields(of: Array(frame.capturedBytes))
                let values = line.split(separator: "|", omittingEmptySubsequences: false)
                for (name, value) in zip(names, values) {
                    guard let field = fields.first(where: { $0.name == name }) else { continue }
                    #expect(field.value == value, "\(path) frame \(number + 1) \(name)")
                }
            }
            #expect(try reader.next() == nil)
        }
    }
}
