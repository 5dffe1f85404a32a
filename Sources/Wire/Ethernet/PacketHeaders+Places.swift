/// Places in the packet, in bytes from the start of the buffer that was parsed.
extension PacketHeaders {
    @inlinable public var vlanCount: Int { Int(vlanCountStorage) }

    /// Tag `index`, the outermost first, or nil when there are not so many.
    @inlinable public func vlanTag(_ index: Int) -> VLANTag? {
        guard index >= 0, index < vlanCount else { return nil }
        return index == 0 ? firstTag : index == 1 ? secondTag : thirdTag
    }

    /// Where the Ethernet header starts.
    @inlinable public var l2Offset: Int { Int(l2) }
    /// Where what follows the Ethernet header and its VLAN tags starts.
    @inlinable public var l3Offset: Int { Int(l3) }
    /// Where the transport header starts, or would start; zero when the network header was not got through.
    @inlinable public var l4Offset: Int { Int(l4) }
    /// Where the transport header ends; zero when there is none.
    @inlinable public var payloadOffset: Int { Int(payload) }
    /// Where the IP packet ends, at most the end of the buffer: padding lies behind.
    ///
    /// Zero when there is none.
    @inlinable public var l3End: Int { Int(l3EndStorage) }

    /// Bytes of the network header, IPv4 options and IPv6 extensions included; zero when it was not got through.
    @inlinable public var l3HeaderByteCount: Int { l4 == 0 ? 0 : Int(l4 &- l3) }
    /// Bytes of the transport header; zero when there is none.
    @inlinable public var l4HeaderByteCount: Int { payload == 0 ? 0 : Int(payload &- l4) }
    /// Bytes of the transport header and what it carries, padding not counted.
    @inlinable public var l4ByteCount: Int { l4 == 0 || l3EndStorage < l4 ? 0 : Int(l3EndStorage &- l4) }
    /// Bytes behind the transport header, padding not counted.
    @inlinable public var payloadByteCount: Int {
        payload == 0 || l3EndStorage < payload ? 0 : Int(l3EndStorage &- payload)
    }

    /// Where the source address starts; meaningful when there is a network header.
    @inlinable public var sourceAddressOffset: Int { Int(l3) &+ (network == .ipv6 ? 8 : 12) }
    /// Where the destination address starts; meaningful when there is a network header.
    @inlinable public var destinationAddressOffset: Int { Int(l3) &+ (network == .ipv6 ? 24 : 16) }
    /// Bytes of one address; zero when there is no network header.
    @inlinable public var addressByteCount: Int { network == .ipv6 ? 16 : network == .ipv4 ? 4 : 0 }

    /// TCP or UDP with its ports in this packet, and the packet not a fragment: what a flow is told by.
    @inlinable public var hasWholePorts: Bool { (transport == .tcp || transport == .udp) && !isFragment }
    /// The low two bits of the traffic class.
    @inlinable public var ecn: UInt8 { trafficClass & 3 }
    /// The high six bits of the traffic class.
    @inlinable public var dscp: UInt8 { trafficClass >> 2 }
}
