/// Takes Ethernet frames apart into named fields, so that a comparison can say which field differs.
///
/// Ethernet, VLAN tags, ARP, IPv4, IPv6 with extension headers, TCP, UDP, ICMP and ICMPv6; what follows is payload.
/// Whatever the bytes are, nothing is read beyond them: a header that is cut short becomes payload.
package struct FrameDissector {
    let bytes: [UInt8]
    var offset = 0
    /// Where the frame's contents end as its headers say: what lies beyond is trailer.
    var end: Int
    var fields: [DissectedField] = []
    /// What the one-line summary needs.
    var source = ""
    var destination = ""
    var what = ""

    private init(_ frame: some Collection<UInt8>) {
        bytes = Array(frame)
        end = bytes.count
    }

    /// The fields of `frame`, in the order of its bytes.
    package static func fields(of frame: some Collection<UInt8>) -> [DissectedField] {
        var dissector = FrameDissector(frame)
        dissector.dissect()
        return dissector.fields
    }

    /// The frame in one line: `10.0.0.1 > 10.0.0.2 TCP 443→55012 [SYN] len 0`.
    package static func summary(of frame: some Collection<UInt8>) -> String {
        var dissector = FrameDissector(frame)
        dissector.dissect()
        return "\(dissector.source) > \(dissector.destination) \(dissector.what)"
    }

    private mutating func dissect() {
        guard let destination = take("eth.dst", 6, Self.hardwareAddress),
            let source = take("eth.src", 6, Self.hardwareAddress)
        else {
            what = "\(bytes.count) bytes"
            return payload("data.data")
        }
        self.source = source
        self.destination = destination
        var type = number(at: offset, 2)
        if let length = type, length < 0x600 {
            take("eth.len", 2, Self.decimal)
            end = min(end, offset + length)
            what = "802.3 length \(length)"
        } else {
            take("eth.type", 2, Self.hexadecimal)
            while let tag = type, [0x8100, 0x88a8, 0x9100].contains(tag), bytes.count >= offset + 4 {
                type = dissectTag()
            }
            dissectNetwork(type)
        }
        if offset < end { payload("data.data") }
        if end < bytes.count { append("eth.trailer", end..<bytes.count, Self.plainHexadecimal) }
    }

    /// A VLAN tag (IEEE 802.1Q, section 9.6); returns the type that follows it.
    private mutating func dissectTag() -> Int? {
        let control = number(at: offset, 2) ?? 0
        let range = offset..<offset + 2
        append("vlan.priority", range, value: "\(control >> 13)")
        append("vlan.dei", range, value: "\(control >> 12 & 1)")
        append("vlan.id", range, value: "\(control & 0xfff)")
        what += "VLAN \(control & 0xfff) "
        offset += 2
        let type = number(at: offset, 2)
        take("vlan.etype", 2, Self.hexadecimal)
        return type
    }

    private mutating func dissectNetwork(_ type: Int?) {
        switch type {
        case 0x0800: dissectInternet4()
        case 0x86dd: dissectInternet6()
        case 0x0806: dissectAddressResolution()
        case let type?: what += "type \(Self.hex(type, 4)) len \(max(0, end - offset))"
        case nil: what += "\(bytes.count) bytes"
        }
    }

    /// RFC 826.
    private mutating func dissectAddressResolution() {
        guard bytes.count >= offset + 28, number(at: offset, 4) == 0x0001_0800, number(at: offset + 4, 2) == 0x0604
        else {
            what += "ARP"
            return
        }
        let isRequest = number(at: offset + 6, 2) == 1
        take("arp.hw.type", 2, Self.decimal)
        take("arp.proto.type", 2, Self.hexadecimal)
        take("arp.hw.size", 1, Self.decimal)
        take("arp.proto.size", 1, Self.decimal)
        take("arp.opcode", 2, Self.decimal)
        let hardware = take("arp.src.hw_mac", 6, Self.hardwareAddress) ?? ""
        let sender = take("arp.src.proto_ipv4", 4, Self.internet4Address) ?? ""
        take("arp.dst.hw_mac", 6, Self.hardwareAddress)
        let target = take("arp.dst.proto_ipv4", 4, Self.internet4Address) ?? ""
        end = offset
        what += isRequest ? "ARP who has \(target)? tell \(sender)" : "ARP \(sender) is at \(hardware)"
    }
}
