extension FrameDissector {
    /// RFC 9293, section 3.1.
    mutating func dissectTransmissionControl() {
        let start = offset
        guard start + 20 <= min(end, bytes.count) else {
            what += "TCP cut short"
            return
        }
        let ports = (number(at: start, 2) ?? 0, number(at: start + 2, 2) ?? 0)
        let bits = number(at: start + 12, 2) ?? 0
        take("tcp.srcport", 2, Self.decimal)
        take("tcp.dstport", 2, Self.decimal)
        take("tcp.seq_raw", 4, Self.decimal)
        take("tcp.ack_raw", 4, Self.decimal)
        append("tcp.hdr_len", offset..<offset + 1, value: "\((bits >> 12) * 4)")
        append("tcp.flags", offset..<offset + 2, value: Self.hex(bits & 0xfff, 4))
        offset += 2
        take("tcp.window_size_value", 2, Self.decimal)
        take("tcp.checksum", 2, Self.hexadecimal)
        take("tcp.urgent_pointer", 2, Self.decimal)
        let optionCount = (bits >> 12) * 4 - 20
        if optionCount > 0, offset + optionCount <= min(end, bytes.count) {
            take("tcp.options", optionCount, Self.plainHexadecimal)
        }
        let names = ["FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"]
        let flags = names.indices.filter { bits >> $0 & 1 != 0 }.map { names[$0] }.joined(separator: ",")
        what += "TCP \(ports.0)→\(ports.1) [\(flags)] len \(max(0, end - offset))"
        payload("tcp.payload")
    }

    /// RFC 768.
    mutating func dissectUserDatagram() {
        guard offset + 8 <= min(end, bytes.count) else {
            what += "UDP cut short"
            return
        }
        let ports = (number(at: offset, 2) ?? 0, number(at: offset + 2, 2) ?? 0)
        take("udp.srcport", 2, Self.decimal)
        take("udp.dstport", 2, Self.decimal)
        take("udp.length", 2, Self.decimal)
        take("udp.checksum", 2, Self.hexadecimal)
        what += "UDP \(ports.0)→\(ports.1) len \(max(0, end - offset))"
        payload("udp.payload")
    }

    /// RFC 792 and RFC 4443.
    mutating func dissectControlMessage(_ prefix: String, ident: String, sequence: String, echoes: Set<Int>) {
        guard offset + 8 <= min(end, bytes.count) else {
            what += "\(prefix) cut short"
            return
        }
        let type = Int(bytes[offset])
        let code = Int(bytes[offset + 1])
        take("\(prefix).type", 1, Self.decimal)
        take("\(prefix).code", 1, Self.decimal)
        take("\(prefix).checksum", 2, Self.hexadecimal)
        let name = prefix == "icmp" ? "ICMP" : "ICMPv6"
        if echoes.contains(type) {
            let number = self.number(at: offset + 2, 2) ?? 0
            take(ident, 2, prefix == "icmp" ? Self.decimal : Self.hexadecimal)
            take(sequence, 2, Self.decimal)
            let isRequest = type == 8 || type == 128
            what += "\(name) echo \(isRequest ? "request" : "reply") seq \(number) len \(max(0, end - offset))"
        } else {
            what += "\(name) type \(type) code \(code) len \(max(0, end - offset))"
        }
        payload("data.data")
    }
}
