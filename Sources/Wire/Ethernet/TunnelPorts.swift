/// UDP ports by which tunnels are told from other datagrams.
@frozen public struct TunnelPorts: Sendable, BitwiseCopyable {
    /// VXLAN ports that there is room for, the assigned one not counted.
    @inlinable public static var capacity: Int { 8 }

    /// VXLAN (RFC 7348, 5); always known.
    @inlinable public static var vxlan: UInt16 { 4789 }
    /// VXLAN with a protocol field.
    @inlinable public static var vxlanGPE: UInt16 { 4790 }
    /// GENEVE (RFC 8926, 3.3).
    @inlinable public static var geneve: UInt16 { 6081 }
    /// MPLS in UDP (RFC 7510, 3).
    @inlinable public static var mpls: UInt16 { 6635 }

    @usableFromInline var added = InlineArray<8, UInt16>(repeating: 0)
    @usableFromInline var count = 0

    /// The assigned ports and those of `ports` that there is room for.
    public init(vxlan ports: [UInt16] = []) {
        for port in ports.prefix(Self.capacity) {
            added[count] = port
            count += 1
        }
    }

    /// Whether datagrams to `port` carry VXLAN.
    @inlinable public func isVXLAN(_ port: UInt16) -> Bool {
        if port == Self.vxlan { return true }
        for index in 0..<count where added[index] == port { return true }
        return false
    }
}
