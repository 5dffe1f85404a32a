import Wire

/// Which bits of a mask the device can compare: exactly those that `FlowKey` fills.
///
/// A group that masks any other bit is refused: it would compare with zero.
enum MatchFields {
    /// Bits of word `index` of a mask that can be compared.
    static func comparable(_ index: Int) -> UInt64 {
        switch index {
        case 0..<8, 16..<24: layer24(index & 7)
        // Misc: without the sender's VHCA, the base transport header of RDMA and GENEVE options.
        case 8: 0xb0ff_ffff_0000_ffff
        case 9: 0xffff_ffff_f000_ffff
        case 10: 0xffff_ffff_ffff_ff00
        case 11: 0xffff_ff01_000f_ffff
        case 12: 0x000f_ffff_003f_ffff
        case 13: 0x0000_0000_ffff_ffff
        case 14: 0xffff_ffff_0000_0000
        // Misc2: labels and registers, without MACsec and IPsec syndromes.
        case 24...29: .max
        case 30: 0xffff_ffff_0000_0000
        // Misc3: without GTP and GENEVE options.
        case 32, 33: .max
        case 34: 0x00ff_ffff_ffff_0000
        case 35: .max
        case 36: 0xffff_ffff_0000_0000
        default: 0
        }
    }

    private static func layer24(_ index: Int) -> UInt64 {
        // Layer 4 type, header length, hop limit, UDP ports; the other words have no gaps.
        index == 3 ? 0xc000_f0ff_ffff_ffff : .max
    }

    /// What a key needs filled so that `bits` of word `index` can be compared.
    static func parts(_ index: Int, _ bits: UInt64) -> KeyParts {
        switch index {
        case 0..<8: []
        case 8: bits & 0xb000_0000_0000_0000 != 0 ? .tunnel : []
        case 9: bits & ~0xffff_0000_a000_0000 != 0 ? .tunnel : []
        case 10, 12, 13, 16..<24, 25, 34: .tunnel
        case 11: bits & ~0xf_ffff != 0 ? .tunnel : []
        case 14, 35, 36: .transport
        case 24, 32, 33:
            // What the packet's own headers say, and what those inside its tunnel say.
            halves(bits, high: index == 24 ? .transport : .tunnel, low: index == 24 ? .tunnel : .transport)
        case 26...30: .registers
        default: []
        }
    }

    private static func halves(_ bits: UInt64, high: KeyParts, low: KeyParts) -> KeyParts {
        (bits >> 32 != 0 ? high : []).union(bits & 0xffff_ffff != 0 ? low : [])
    }
}
