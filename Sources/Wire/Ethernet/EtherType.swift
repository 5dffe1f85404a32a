/// What follows a MAC address pair or a VLAN tag (IEEE 802 numbers).
@frozen public struct EtherType: RawRepresentable, Sendable, BitwiseCopyable, Hashable {
    public let rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    @inlinable public static var ipv4: EtherType { EtherType(rawValue: 0x0800) }
    @inlinable public static var arp: EtherType { EtherType(rawValue: 0x0806) }
    /// Customer VLAN tag, IEEE 802.1Q.
    @inlinable public static var customerVLAN: EtherType { EtherType(rawValue: 0x8100) }
    @inlinable public static var ipv6: EtherType { EtherType(rawValue: 0x86dd) }
    /// Pause and priority flow control.
    @inlinable public static var macControl: EtherType { EtherType(rawValue: 0x8808) }
    @inlinable public static var mpls: EtherType { EtherType(rawValue: 0x8847) }
    /// Service VLAN tag, IEEE 802.1ad.
    @inlinable public static var serviceVLAN: EtherType { EtherType(rawValue: 0x88a8) }
    @inlinable public static var lldp: EtherType { EtherType(rawValue: 0x88cc) }
    @inlinable public static var ptp: EtherType { EtherType(rawValue: 0x88f7) }
    @inlinable public static var roce: EtherType { EtherType(rawValue: 0x8915) }
    /// Service VLAN tag of equipment older than the standard.
    @inlinable public static var oldServiceVLAN: EtherType { EtherType(rawValue: 0x9100) }

    /// True for the three types that start a VLAN tag.
    @inlinable public var isVLAN: Bool { rawValue == 0x8100 || rawValue == 0x88a8 || rawValue == 0x9100 }
}
