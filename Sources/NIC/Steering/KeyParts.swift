/// Parts of a `FlowKey` that are filled when a table on the way needs them.
package struct KeyParts: OptionSet, Sendable, BitwiseCopyable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Metadata registers: filled with the key, compared only where a table asks.
    package static let registers = KeyParts(rawValue: 1 << 0)
    /// Sequence numbers of TCP, what ICMP and ESP say, labels behind the Ethernet header.
    package static let transport = KeyParts(rawValue: 1 << 1)
    /// The tunnel's own fields and the headers inside.
    package static let tunnel = KeyParts(rawValue: 1 << 2)
}
