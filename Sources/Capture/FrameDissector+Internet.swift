extension FrameDissector {
    /// RFC 791, section 3.1.
    mutating func dissectInternet4() {
        let start = offset
        guard let first = number(at: start, 1), first >> 4 == 4, first & 15 >= 5,
            bytes.count >= start + (first & 15) * 4
        else {
            what += "IPv4 damaged"
            return
        }
        let headerEnd = start + (first & 15) * 4
        let length = number(at: start + 2, 2) ?? 0
        let fragment = number(at: start + 6, 2) ?? 0
        let service = bytes[start + 1]
        append("ip.version", start..<start + 1, value: "4")
        append("ip.hdr_len", start..<start + 1, value: "\((first & 15) * 4)")
        append("ip.dsfield.dscp", start + 1..<start + 2, value: "\(service >> 2)")
        append("ip.dsfield.ecn", start + 1..<start + 2, value: "\(service & 3)")
        offset += 2
        take("ip.len", 2, Self.decimal)
        take("ip.id", 2, Self.hexadecimal)
        append("ip.flags.rb", offset..<offset + 1, value: "\(fragment >> 15)")
        append("ip.flags.df", offset..<offset + 1, value: "\(fragment >> 14 & 1)")
        append("ip.flags.mf", offset..<offset + 1, value: "\(fragment >> 13 & 1)")
        append("ip.frag_offset", offset..<offset + 2, value: "\(fragment & 0x1fff)")
        offset += 2
        take("ip.ttl", 1, Self.decimal)
        let proto = number(at: offset, 1) ?? 0
        take("ip.proto", 1, Self.decimal)
        take("ip.checksum", 2, Self.hexadecimal)
        source = take("ip.src", 4, Self.internet4Address) ?? source
        destination = take("ip.dst", 4, Self.internet4Address) ?? destination
        if offset < headerEnd { take("ip.options", headerEnd - offset, Self.plainHexadecimal) }
        if length >= headerEnd - start { end = min(end, start + length) }
        if fragment & 0x1fff != 0 {
            what += "IPv4 fragment at \((fragment & 0x1fff) * 8) len \(max(0, end - offset))"
        } else {
            dissectTransport(proto)
        }
    }

    /// RFC 8200, section 3.
    mutating func dissectInternet6() {
        let start = offset
        guard let first = number(at: start, 4), first >> 28 == 6, bytes.count >= start + 40 else {
            what += "IPv6 damaged"
            return
        }
        append("ipv6.version", start..<start + 1, value: "6")
        append("ipv6.tclass.dscp", start..<start + 2, value: "\(first >> 22 & 0x3f)")
        append("ipv6.tclass.ecn", start + 1..<start + 2, value: "\(first >> 20 & 3)")
        append("ipv6.flow", start + 1..<start + 4, value: Self.hex(first & 0xf_ffff, 6))
        offset += 4
        let length = number(at: offset, 2) ?? 0
        take("ipv6.plen", 2, Self.decimal)
        let next = number(at: offset, 1) ?? 59
        take("ipv6.nxt", 1, Self.decimal)
        take("ipv6.hlim", 1, Self.decimal)
        source = take("ipv6.src", 16, Self.internet6Address) ?? source
        destination = take("ipv6.dst", 16, Self.internet6Address) ?? destination
        if length > 0 { end = min(end, start + 40 + length) }
        dissectExtensions(next)
    }

    /// Extension headers (RFC 8200, section 4), each at least eight bytes: the frame's length bounds the loop.
    private mutating func dissectExtensions(_ first: Int) {
        var next = first
        while let name = [0: "hopopts", 43: "routing", 44: "fraghdr", 60: "dstopts"][next], offset + 8 <= bytes.count {
            let count = next == 44 ? 8 : 8 * (1 + Int(bytes[offset + 1]))
            guard offset + count <= bytes.count else { break }
            let start = offset
            let isFragment = next == 44
            next = Int(bytes[offset])
            take("ipv6.\(name).nxt", 1, Self.decimal)
            if isFragment {
                let word = number(at: start + 2, 2) ?? 0
                append("ipv6.fraghdr.offset", start + 2..<start + 4, value: "\(word >> 3)")
                append("ipv6.fraghdr.more", start + 3..<start + 4, value: "\(word & 1)")
                append("ipv6.fraghdr.ident", start + 4..<start + 8, Self.hexadecimal)
                offset = start + 8
                if word >> 3 != 0 {
                    what += "IPv6 fragment at \(word & ~7) len \(max(0, end - offset))"
                    return
                }
            } else {
                take("ipv6.\(name).bytes", count - 1, Self.plainHexadecimal)
            }
        }
        dissectTransport(next)
    }

    private mutating func dissectTransport(_ proto: Int) {
        switch proto {
        case 6: dissectTransmissionControl()
        case 17: dissectUserDatagram()
        case 1: dissectControlMessage("icmp", ident: "icmp.ident", sequence: "icmp.seq", echoes: [0, 8])
        case 58:
            dissectControlMessage(
                "icmpv6", ident: "icmpv6.echo.identifier", sequence: "icmpv6.echo.sequence_number", echoes: [128, 129])
        default: what += "protocol \(proto) len \(max(0, end - offset))"
        }
    }
}
