/// Match set for MPLS and the metadata registers.
///
/// `fte_match_set_misc2` of the native interface, section 6.5.
public enum MatchMisc2 {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0x40

    public static let outerFirstMplsMplsLabel = BitField(0x0, 31, 12)
    public static let outerFirstMplsMplsExp = BitField(0x0, 11, 9)
    public static let outerFirstMplsMplsSBos = BitField(0x0, bit: 8)
    public static let outerFirstMplsMplsTtl = BitField(0x0, 7, 0)
    public static let innerFirstMplsMplsLabel = BitField(0x4, 31, 12)
    public static let innerFirstMplsMplsExp = BitField(0x4, 11, 9)
    public static let innerFirstMplsMplsSBos = BitField(0x4, bit: 8)
    public static let innerFirstMplsMplsTtl = BitField(0x4, 7, 0)
    public static let outerFirstMplsOverGreMplsLabel = BitField(0x8, 31, 12)
    public static let outerFirstMplsOverGreMplsExp = BitField(0x8, 11, 9)
    public static let outerFirstMplsOverGreMplsSBos = BitField(0x8, bit: 8)
    public static let outerFirstMplsOverGreMplsTtl = BitField(0x8, 7, 0)
    public static let outerFirstMplsOverUdpMplsLabel = BitField(0xc, 31, 12)
    public static let outerFirstMplsOverUdpMplsExp = BitField(0xc, 11, 9)
    public static let outerFirstMplsOverUdpMplsSBos = BitField(0xc, bit: 8)
    public static let outerFirstMplsOverUdpMplsTtl = BitField(0xc, 7, 0)
    public static let metadataRegC7 = BitField(word: 0x10)
    public static let metadataRegC6 = BitField(word: 0x14)
    public static let metadataRegC5 = BitField(word: 0x18)
    public static let metadataRegC4 = BitField(word: 0x1c)
    public static let metadataRegC3 = BitField(word: 0x20)
    public static let metadataRegC2 = BitField(word: 0x24)
    public static let metadataRegC1 = BitField(word: 0x28)
    public static let metadataRegC0 = BitField(word: 0x2c)
    public static let metadataRegA = BitField(word: 0x30)
    public static let macsecSyndrome = BitField(0x34, 23, 16)
    public static let ipsecSyndrome = BitField(0x34, 15, 8)
}
