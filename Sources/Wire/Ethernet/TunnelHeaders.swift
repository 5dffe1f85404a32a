/// What a packet carries behind its transport header when that is a tunnel's: the tunnel's fields and the headers
/// inside.
///
/// A fragment carries no tunnel: what is inside is not whole.
public struct TunnelHeaders: Sendable, BitwiseCopyable {
    /// The tunnel that was found.
    public enum Kind: UInt8, Sendable, BitwiseCopyable { case none, vxlan, vxlanGPE, geneve, gre, mplsOverUDP }

    public var kind = Kind.none
    /// Of VXLAN, VXLAN-GPE and GENEVE: the network's number, 24 bits.
    public var identifier: UInt32 = 0
    /// Of GRE: its first two bytes; of VXLAN-GPE: its flags; of GENEVE: its second byte.
    public var flags: UInt16 = 0
    /// Of GRE and GENEVE: the type of what is inside; of VXLAN-GPE: its next protocol.
    public var protocolType: UInt16 = 0
    /// Of GRE; zero when it has none.
    public var key: UInt32 = 0
    /// Of GENEVE: length of its options, in words of four bytes.
    public var optionWordCount: UInt8 = 0
    /// The first entry of a label stack inside GRE or UDP; zero when there is none.
    public var labelStackEntry: UInt32 = 0
    /// Whether there is an Ethernet header inside.
    public var hasInnerEthernet = false
    /// Whether there is an Ethernet or a network header inside; `inner` says which.
    public var hasInner = false
    /// Offsets count from the start of the buffer that the outer headers were parsed from.
    public var inner = PacketHeaders()

    /// Whether GRE carries a checksum, a key, a sequence number (RFC 2784, 2.1, and RFC 2890, 2).
    public var hasChecksum: Bool { kind == .gre && flags & 0x8000 != 0 }
    public var hasKey: Bool { kind == .gre && flags & 0x2000 != 0 }
    public var hasSequence: Bool { kind == .gre && flags & 0x1000 != 0 }
    /// Whether GENEVE says that this is a control packet (RFC 8926, 3.4).
    public var isControl: Bool { kind == .geneve && flags & 0x80 != 0 }

    /// Looks for a tunnel behind `headers`, which were parsed from `bytes`.
    public init(behind headers: PacketHeaders, in bytes: UnsafeRawBufferPointer, ports: TunnelPorts) {
        guard headers.network != .none, !headers.isFragment, headers.l3End <= bytes.count else { return }
        let packet = bytes.piece(from: 0, count: headers.l3End)
        if headers.transport == .udp {
            parseDatagram(packet, at: headers.payloadOffset, port: headers.destinationPort, ports)
        } else if headers.ipProtocol == .gre, headers.transport == .other {
            parseGRE(packet, at: headers.l4Offset)
        }
    }

    private mutating func parseDatagram(
        _ packet: UnsafeRawBufferPointer, at start: Int, port: UInt16, _ ports: TunnelPorts
    ) {
        if ports.isVXLAN(port) {
            guard start + 8 <= packet.count else { return }
            kind = .vxlan
            identifier = packet.bigEndian(at: start + 4, as: UInt32.self) >> 8
            parseInner(packet, at: start + 8, type: Self.bridged)
            return
        }
        switch port {
        case TunnelPorts.vxlanGPE: parseGPE(packet, at: start)
        case TunnelPorts.geneve: parseGENEVE(packet, at: start)
        case TunnelPorts.mpls:
            guard start + 4 <= packet.count else { return }
            kind = .mplsOverUDP
            labelStackEntry = packet.bigEndian(at: start)
        default: break
        }
    }

    /// Type of a whole Ethernet frame inside (transparent Ethernet bridging).
    private static let bridged: UInt16 = 0x6558

    private mutating func parseGPE(_ packet: UnsafeRawBufferPointer, at start: Int) {
        guard start + 8 <= packet.count else { return }
        kind = .vxlanGPE
        flags = UInt16(packet[start])
        protocolType = UInt16(packet[start + 3])
        identifier = packet.bigEndian(at: start + 4, as: UInt32.self) >> 8
        switch protocolType {
        case 1: parseInner(packet, at: start + 8, type: EtherType.ipv4.rawValue)
        case 2: parseInner(packet, at: start + 8, type: EtherType.ipv6.rawValue)
        case 3: parseInner(packet, at: start + 8, type: Self.bridged)
        default: break
        }
    }

    /// RFC 8926, 3.4: version and options' length, flags, protocol, network, reserved; then the options.
    private mutating func parseGENEVE(_ packet: UnsafeRawBufferPointer, at start: Int) {
        guard start + 8 <= packet.count, packet[start] >> 6 == 0 else { return }
        let options = Int(packet[start] & 0x3f)
        guard start + 8 + options * 4 <= packet.count else { return }
        kind = .geneve
        optionWordCount = UInt8(options)
        flags = UInt16(packet[start + 1])
        protocolType = packet.bigEndian(at: start + 2)
        identifier = packet.bigEndian(at: start + 4, as: UInt32.self) >> 8
        parseInner(packet, at: start + 8 + options * 4, type: protocolType)
    }

    /// RFC 2784, 2, and RFC 2890, 2: flags and version, protocol, then what the flags announce.
    private mutating func parseGRE(_ packet: UnsafeRawBufferPointer, at start: Int) {
        guard start + 4 <= packet.count, packet[start + 1] & 7 == 0 else { return }
        let word: UInt16 = packet.bigEndian(at: start)
        var place = start + 4 + (word & 0x8000 != 0 ? 4 : 0)
        let end = place + (word & 0x2000 != 0 ? 4 : 0) + (word & 0x1000 != 0 ? 4 : 0)
        guard end <= packet.count else { return }
        kind = .gre
        flags = word
        protocolType = packet.bigEndian(at: start + 2)
        if hasKey {
            key = packet.bigEndian(at: place)
            place += 4
        }
        if protocolType == EtherType.mpls.rawValue, end + 4 <= packet.count {
            labelStackEntry = packet.bigEndian(at: end)
        }
        parseInner(packet, at: end, type: protocolType)
    }

    private mutating func parseInner(_ packet: UnsafeRawBufferPointer, at start: Int, type: UInt16) {
        if type == Self.bridged {
            guard start + 14 <= packet.count else { return }
            hasInnerEthernet = true
            inner = PacketHeaders(parsing: packet, at: start)
        } else {
            guard EtherType(rawValue: type) == .ipv4 || EtherType(rawValue: type) == .ipv6 else { return }
            inner = PacketHeaders(parsingNetwork: EtherType(rawValue: type), of: packet, at: start)
        }
        hasInner = true
    }
}
