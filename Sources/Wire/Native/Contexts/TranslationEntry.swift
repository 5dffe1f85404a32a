/// What follows a memory key's context: pages, or pieces of other keys (native interface, sections 5.1 and 6.4).
public enum TranslationEntry {
    /// Bytes of an entry of `AccessMode.mtt`: one page's address, its low bits flags.
    public static let mttByteCount = 8
    /// The bits of such an entry that are address.
    public static let mttAddressMask: UInt64 = ~0xfff
    /// Bytes of an entry of `AccessMode.klm` and `AccessMode.ksm`.
    public static let klmByteCount = 16

    public static let klmBytes = BitField(word: 0x0)
    public static let klmKey = BitField(word: 0x4)
    /// Offset; 8 bytes.
    public static let klmAddress = 0x8
}
