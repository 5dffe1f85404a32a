package import Wire

/// What flow tables compare of a packet: five match sets, laid out as the native interface lays out masks and values
/// (section 6.5), as big-endian words of 64 bits.
///
/// The outer set, the cheap half of the miscellaneous one and the registers are filled at once, the rest by
/// `complete` when a table on the way needs it.
package struct FlowKey: BitwiseCopyable, Sendable {
    /// Words of one match set.
    static let setWordCount = 8
    /// Words of the match sets that can be compared: outer, misc, inner, misc2, misc3.
    package static let wordCount = 40

    // Places of the sets.
    static let outer = 0
    static let misc = 8
    static let inner = 16
    static let misc2 = 24
    static let misc3 = 32

    package var words = InlineArray<40, UInt64>(repeating: 0)
    /// What has been filled.
    private(set) var parts = KeyParts.registers

    /// The key of a packet with `headers` in `bytes`, which came with `context`.
    @inline(__always)
    package init(_ headers: PacketHeaders, _ bytes: UnsafeRawBufferPointer, _ context: FrameContext) {
        addEthernet(headers, bytes, at: Self.outer)
        addNetwork(headers, bytes, at: Self.outer)
        words[8] = UInt64(context.sourceQueue) << 32 | UInt64(context.sourceVport)
        if headers.vlanCount > 0 { addOuterTags(headers.vlanTag(0), headers.vlanTag(1)) }
        if headers.network == .ipv6 {
            words[11] |= UInt64(bytes.bigEndian(at: headers.l3Offset, as: UInt32.self) & 0xf_ffff)
        }
        if context.hasRegisters { addRegisters(context) }
    }

    private mutating func addRegisters(_ context: FrameContext) {
        for pair in 0..<4 {
            words[29 - pair] = UInt64(context.registers[2 * pair + 1]) << 32 | UInt64(context.registers[2 * pair])
        }
        words[30] = UInt64(context.registers[8]) << 32
    }

    /// Whether any of the parts of `needed` is missing.
    @inline(__always) func lacks(_ needed: KeyParts) -> Bool { !needed.isSubset(of: parts) }

    /// Fills the parts of `needed` that are missing.
    package mutating func complete(
        _ needed: KeyParts, _ headers: PacketHeaders, _ bytes: UnsafeRawBufferPointer, _ ports: TunnelPorts
    ) {
        let missing = needed.subtracting(parts)
        if missing.isEmpty { return }
        if missing.contains(.transport) { addTransportDetails(headers, bytes) }
        if missing.contains(.tunnel) { addTunnel(headers, bytes, ports) }
        parts.formUnion(missing)
    }

    /// Whether everything is equal that tables with the needs `parts` can compare; both have these parts.
    @inline(__always) func matches(_ other: FlowKey, parts: KeyParts) -> Bool {
        func same(_ index: Int) -> Bool { words[index] == other.words[index] }
        // Words that tell flows apart come first.
        guard
            same(3) && same(5) && same(7) && same(2) && same(1) && same(0) && same(4) && same(6) && same(8)
                && same(9) && same(11)
        else { return false }
        return parts.isEmpty || isEqual(to: other, parts: parts)
    }

    private func isEqual(to other: FlowKey, parts: KeyParts) -> Bool {
        func same(_ range: Range<Int>) -> Bool {
            for index in range where words[index] != other.words[index] { return false }
            return true
        }
        if parts.contains(.registers), !same(26..<31) { return false }
        // What a packet's own headers say lies in other words than what its tunnel says, or is compared with it.
        return parts.isSubset(of: .registers) || same(9..<26) && same(32..<40)
    }

    /// A number that equal keys share and different ones rarely.
    @inline(__always) func digest(from root: UInt32) -> UInt64 {
        let flow = words[3] &+ words[5] &* 961 &+ words[7] &* 31
        let others = words[4] &+ words[6] &* 7 &+ words[0] &* 3 &+ words[1] &+ words[8] &* 131
        return (flow &+ others &* 17 &+ UInt64(root) &* 0x1_0001) &* 0x9e37_79b9_7f4a_7c15
    }
}
