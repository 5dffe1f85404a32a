/// Number of a vport in one embedded switch (native interface, section 3.7).
package struct VPortNumber: RawRepresentable, Hashable, Sendable, BitwiseCopyable {
    package let rawValue: UInt16
    package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The physical port.
    package static let uplink = VPortNumber(rawValue: 0xffff)
    /// The physical function.
    package static let physicalFunction = VPortNumber(rawValue: 0)
    /// The embedded processors' function.
    package static let embedded = VPortNumber(rawValue: 0xfffe)

    /// Virtual function `index`, counted from zero.
    package static func virtualFunction(_ index: Int) -> VPortNumber {
        VPortNumber(rawValue: UInt16(truncatingIfNeeded: index + 1))
    }

    /// Subfunction slice `index`, counted from zero.
    package static func subfunction(_ index: Int) -> VPortNumber {
        VPortNumber(rawValue: 0x8000 + UInt16(truncatingIfNeeded: index))
    }
}
