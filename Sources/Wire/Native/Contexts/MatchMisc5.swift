/// Match set for MACsec tags and raw tunnel headers (native interface, section 6.5).
public enum MatchMisc5 {
    public static let byteCount = 0x40

    /// MACsec tag word `index`, 0 to 3.
    public static func macsecTag(_ index: Int) -> BitField { BitField(word: index * 4) }
    /// Tunnel header word `index`, 0 to 3.
    public static func tunnelHeader(_ index: Int) -> BitField { BitField(word: 0x10 + index * 4) }
}
