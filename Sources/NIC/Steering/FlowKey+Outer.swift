import Wire

/// The match set for layers 2 to 4, outer or inner (native interface, section 6.5: `fte_match_set_lyr_2_4`).
extension FlowKey {
    @inline(__always)
    mutating func addEthernet(_ headers: PacketHeaders, _ bytes: UnsafeRawBufferPointer, at base: Int) {
        let destination = MACAddress(decoding: bytes, at: headers.l2Offset).rawValue
        let source = MACAddress(decoding: bytes, at: headers.l2Offset + 6).rawValue
        words[base] = source << 16 | UInt64(headers.etherType.rawValue)
        words[base + 1] = destination << 16
    }

    @inline(__always)
    mutating func addNetwork(_ headers: PacketHeaders, _ bytes: UnsafeRawBufferPointer, at base: Int) {
        guard headers.network != .none else { return }
        let isIPv4 = headers.network == .ipv4
        words[base + 2] |= UInt64(headers.ipProtocol.rawValue) << 56 | UInt64(headers.trafficClass) << 48
        words[base + 2] |= (headers.isFragment ? 1 << 45 : 0) | (isIPv4 ? 4 : 6) << 41
        words[base + 3] |= UInt64(headers.hopLimit) << 32
        if isIPv4 {
            words[base + 3] |= UInt64(bytes[headers.l3Offset] & 0xf) << 44
            words[base + 5] = UInt64(bytes.bigEndian(at: headers.sourceAddressOffset, as: UInt32.self))
            words[base + 7] = UInt64(bytes.bigEndian(at: headers.destinationAddressOffset, as: UInt32.self))
        } else {
            words[base + 4] = bytes.bigEndian(at: headers.sourceAddressOffset)
            words[base + 5] = bytes.bigEndian(at: headers.sourceAddressOffset + 8)
            words[base + 6] = bytes.bigEndian(at: headers.destinationAddressOffset)
            words[base + 7] = bytes.bigEndian(at: headers.destinationAddressOffset + 8)
        }
        addPorts(headers, at: base)
    }

    /// A fragment has no ports, the first one of a datagram neither: the others could not be steered the same way.
    @inline(__always) private mutating func addPorts(_ headers: PacketHeaders, at base: Int) {
        guard headers.hasWholePorts else { return }
        let ports = UInt64(headers.sourcePort) << 16 | UInt64(headers.destinationPort)
        if headers.transport == .tcp {
            words[base + 2] |= UInt64(headers.tcpFlags.rawValue) << 32 | ports
            words[base + 3] |= 1 << 62
        } else {
            words[base + 3] |= 2 << 62 | ports
        }
    }

    /// Notes the two outermost tags of the outer headers, in place of those noted before.
    mutating func setOuterTags(_ first: VLANTag?, _ second: VLANTag?) {
        words[1] &= ~0xffff
        words[2] &= ~(3 << 46)
        words[9] &= ~(0xffff << 48 | 1 << 31 | 1 << 29)
        addOuterTags(first, second)
    }

    mutating func addOuterTags(_ first: VLANTag?, _ second: VLANTag?) {
        if let first {
            words[1] |= UInt64(first.tci)
            words[2] |= first.type == .customerVLAN ? 1 << 47 : 1 << 46
        }
        if let second {
            words[9] |= UInt64(second.tci) << 48 | (second.type == .customerVLAN ? 1 << 31 : 1 << 29)
        }
    }
}
