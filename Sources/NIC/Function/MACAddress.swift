/// An Ethernet address: 48 bits, the first byte on the wire in bits 47 to 40.
package struct MACAddress: Hashable, Sendable, BitwiseCopyable {
    package var rawValue: UInt64
    package init(_ rawValue: UInt64) { self.rawValue = rawValue & 0xffff_ffff_ffff }

    package static let broadcast = MACAddress(0xffff_ffff_ffff)
    /// Whether it names a group: the lowest bit of the first byte.
    package var isMulticast: Bool { rawValue & 0x0100_0000_0000 != 0 }
}
