/// What a flow group masks and a flow table entry compares: `fte_match_param` (native interface, section 6.5).
///
/// Each member is the offset of one match set of `setByteCount` bytes; its number in `MatchCriteria` is its place.
public enum MatchParameters {
    public static let byteCount = 0x200
    public static let setByteCount = 0x40

    /// `MatchLayer24` of the outer headers.
    public static let outer = 0x0
    /// `MatchMisc`.
    public static let misc = 0x40
    /// `MatchLayer24` of the inner headers.
    public static let inner = 0x80
    /// `MatchMisc2`.
    public static let misc2 = 0xc0
    /// `MatchMisc3`.
    public static let misc3 = 0x100
    /// `MatchMisc4`.
    public static let misc4 = 0x140
    /// `MatchMisc5`.
    public static let misc5 = 0x180
}
