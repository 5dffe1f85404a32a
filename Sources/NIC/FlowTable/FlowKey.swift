import Wire

/// What flow tables compare of a packet: the outer and the miscellaneous match set, laid out as the native interface
/// lays out masks and values (section 6.5), as 16 big-endian words of 64 bits, of which 8, 10 and those from 12 on are
/// always zero.
///
/// Other match sets count as zero.
struct FlowKey: BitwiseCopyable {
    static let wordCount = 16
    var words = InlineArray<16, UInt64>(repeating: 0)

    /// Whether all words are equal.
    @inline(__always) static func == (left: FlowKey, right: FlowKey) -> Bool {
        // Word by word, as they were stored: those that tell flows apart come first.
        func same(_ index: Int) -> Bool { left.words[index] == right.words[index] }
        return same(3) && same(5) && same(7) && same(2) && same(1) && same(0) && same(4) && same(6) && same(9)
            && same(11)
    }

    init(_ headers: PacketHeaders, _ bytes: UnsafeRawBufferPointer) {
        let destination = MACAddress(decoding: bytes, at: headers.l2Offset).rawValue
        let source = MACAddress(decoding: bytes, at: headers.l2Offset + 6).rawValue
        words[0] = source << 16 | UInt64(headers.etherType.rawValue)
        words[1] = destination << 16
        if headers.vlanCount > 0 { addTags(headers) }
        guard headers.network != .none else { return }
        addNetwork(headers, bytes)
        addTransport(headers)
    }

    private mutating func addTags(_ headers: PacketHeaders) {
        if let first = headers.vlanTag(0) {
            words[1] |= UInt64(first.tci)
            words[2] |= first.type == .customerVLAN ? 1 << 47 : 1 << 46
        }
        if let second = headers.vlanTag(1) {
            words[9] |= UInt64(second.tci) << 48
            words[9] |= second.type == .customerVLAN ? 1 << 31 : 1 << 29
        }
    }

    private mutating func addNetwork(_ headers: PacketHeaders, _ bytes: UnsafeRawBufferPointer) {
        let isIPv4 = headers.network == .ipv4
        words[2] |= UInt64(headers.ipProtocol.rawValue) << 56 | UInt64(headers.trafficClass) << 48
        words[2] |= (headers.isFragment ? 1 << 45 : 0) | (isIPv4 ? 4 : 6) << 41
        words[3] |= UInt64(headers.hopLimit) << 32
        if isIPv4 {
            words[3] |= UInt64(bytes[headers.l3Offset] & 0xf) << 44
            words[5] = UInt64(bytes.bigEndian(at: headers.sourceAddressOffset, as: UInt32.self))
            words[7] = UInt64(bytes.bigEndian(at: headers.destinationAddressOffset, as: UInt32.self))
        } else {
            words[4] = bytes.bigEndian(at: headers.sourceAddressOffset)
            words[5] = bytes.bigEndian(at: headers.sourceAddressOffset + 8)
            words[6] = bytes.bigEndian(at: headers.destinationAddressOffset)
            words[7] = bytes.bigEndian(at: headers.destinationAddressOffset + 8)
            words[11] |= UInt64(bytes.bigEndian(at: headers.l3Offset, as: UInt32.self) & 0xf_ffff)
        }
    }

    private mutating func addTransport(_ headers: PacketHeaders) {
        let ports = UInt64(headers.sourcePort) << 16 | UInt64(headers.destinationPort)
        switch headers.transport {
        case .tcp:
            words[2] |= UInt64(headers.tcpFlags.rawValue) << 32 | ports
            words[3] |= 1 << 62
        case .udp: words[3] |= 2 << 62 | ports
        default: break
        }
    }
}
