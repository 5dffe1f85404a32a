import Wire

/// The parts of a key that few tables need (native interface, section 6.5: `fte_match_set_misc`, `misc2`, `misc3`).
extension FlowKey {
    /// What the transport header says beyond its ports.
    mutating func addTransportDetails(_ headers: PacketHeaders, _ bytes: UnsafeRawBufferPointer) {
        // A label stack takes the place of the network header.
        if Self.isMPLS(headers.etherType), headers.l3Offset + 4 <= bytes.count {
            words[24] |= UInt64(bytes.bigEndian(at: headers.l3Offset, as: UInt32.self)) << 32
        }
        guard !headers.isFragment else { return }
        let start = headers.l4Offset
        func word(_ offset: Int) -> UInt64 {
            start + offset + 4 <= headers.l3End ? UInt64(bytes.bigEndian(at: start + offset, as: UInt32.self)) : 0
        }
        switch headers.transport {
        case .tcp:
            words[32] |= word(4)
            words[33] |= word(8)
        case .icmp:
            words[36] |= UInt64(bytes[start]) << 56 | UInt64(bytes[start + 1]) << 48
            words[35] |= word(4) << 32
        case .icmpv6:
            words[36] |= UInt64(bytes[start]) << 40 | UInt64(bytes[start + 1]) << 32
            words[35] |= word(4)
        case .esp: words[14] |= word(0) << 32
        default: break
        }
    }

    static func isMPLS(_ type: EtherType) -> Bool { type == .mpls || type.rawValue == 0x8848 }

    /// The tunnel's fields and the headers inside.
    mutating func addTunnel(_ headers: PacketHeaders, _ bytes: UnsafeRawBufferPointer, _ ports: TunnelPorts) {
        let tunnel = TunnelHeaders(behind: headers, in: bytes, ports: ports)
        switch tunnel.kind {
        case .none: return
        case .vxlan: words[10] |= UInt64(tunnel.identifier) << 8
        case .vxlanGPE:
            words[34] |= UInt64(tunnel.identifier) << 32 | UInt64(tunnel.protocolType) << 24
            words[34] |= UInt64(tunnel.flags) << 16
        case .geneve:
            words[11] |= UInt64(tunnel.identifier) << 40 | (tunnel.isControl ? 1 << 32 : 0)
            words[12] |= UInt64(tunnel.optionWordCount) << 16 | UInt64(tunnel.protocolType)
        case .gre:
            words[8] |= (tunnel.hasChecksum ? 1 << 63 : 0) | (tunnel.hasKey ? 1 << 61 : 0)
            words[8] |= tunnel.hasSequence ? 1 << 60 : 0
            words[9] |= UInt64(tunnel.protocolType)
            words[10] |= UInt64(tunnel.key) << 32
            words[25] |= UInt64(tunnel.labelStackEntry) << 32
        case .mplsOverUDP: words[25] |= UInt64(tunnel.labelStackEntry)
        }
        if tunnel.hasInner { addInner(tunnel, bytes) }
    }

    private mutating func addInner(_ tunnel: TunnelHeaders, _ bytes: UnsafeRawBufferPointer) {
        let headers = tunnel.inner
        if tunnel.hasInnerEthernet {
            addEthernet(headers, bytes, at: Self.inner)
        } else {
            words[Self.inner] |= UInt64(headers.etherType.rawValue)
        }
        if let first = headers.vlanTag(0) {
            words[Self.inner + 1] |= UInt64(first.tci)
            words[Self.inner + 2] |= first.type == .customerVLAN ? 1 << 47 : 1 << 46
        }
        if let second = headers.vlanTag(1) {
            words[9] |= UInt64(second.tci) << 32 | (second.type == .customerVLAN ? 1 << 30 : 1 << 28)
        }
        addNetwork(headers, bytes, at: Self.inner)
        if headers.network == .ipv6 {
            words[12] |= UInt64(bytes.bigEndian(at: headers.l3Offset, as: UInt32.self) & 0xf_ffff) << 32
        }
        if Self.isMPLS(headers.etherType), headers.l3Offset + 4 <= bytes.count {
            words[24] |= UInt64(bytes.bigEndian(at: headers.l3Offset, as: UInt32.self))
        }
        guard !headers.isFragment else { return }
        if headers.transport == .tcp {
            words[32] |= UInt64(bytes.bigEndian(at: headers.l4Offset + 4, as: UInt32.self)) << 32
            words[33] |= UInt64(bytes.bigEndian(at: headers.l4Offset + 8, as: UInt32.self)) << 32
        } else if headers.transport == .esp {
            words[13] |= UInt64(bytes.bigEndian(at: headers.l4Offset, as: UInt32.self))
        }
    }
}
