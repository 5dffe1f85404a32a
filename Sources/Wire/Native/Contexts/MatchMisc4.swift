/// Match set for the flex parser: four pairs of value and field identifier (native interface, section 6.5).
public enum MatchMisc4 {
    public static let byteCount = 0x40
    public static let pairCount = 4

    /// The value of pair `index`, 0 to 3.
    public static func value(_ index: Int) -> BitField { BitField(word: index * 8) }
    /// The field identifier of pair `index`, 0 to 3.
    public static func identifier(_ index: Int) -> BitField { BitField(word: index * 8 + 4) }
}
