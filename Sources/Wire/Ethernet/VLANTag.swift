/// A VLAN tag, four bytes (IEEE 802.1Q, 9.5 and 9.6).
@frozen public struct VLANTag: Sendable, BitwiseCopyable, Hashable {
    @inlinable public static var byteCount: Int { 4 }

    /// The tag's own type, one of those for which `EtherType.isVLAN` holds.
    public var type: EtherType
    /// Tag control information: priority, drop eligibility, identifier.
    public var tci: UInt16

    @inlinable public init(type: EtherType = .customerVLAN, tci: UInt16) {
        self.type = type
        self.tci = tci
    }

    /// 0 to 7.
    @inlinable public var priority: UInt8 { UInt8(tci >> 13) }
    @inlinable public var isDropEligible: Bool { tci >> 12 & 1 != 0 }
    /// 0 to 4095; 0 for a tag that gives a priority only.
    @inlinable public var identifier: UInt16 { tci & 0xfff }
}
