/// A MAC address as six octets in a word, first octet in the highest of the low 48 bits.
package struct MACAddress: Hashable, Sendable {
    package var value: UInt64
    package init(value: UInt64) { self.value = value & 0xffff_ffff_ffff }

    /// The six octets in transmission order.
    package var octets: [UInt8] { (0..<6).map { UInt8(truncatingIfNeeded: value >> UInt64(40 - 8 * $0)) } }
}

extension MACAddress: CustomStringConvertible {
    package var description: String {
        octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: ":")
    }
}
