/// Port capability mask.
///
/// The bit of register 0x5000 + n is bit n of `accessRegMask`, counted from its end.
///
/// Register `PCAM` of the native interface, section 7.
public enum PCAM {
    public static let byteCount = 0x50

    public static let featureGroup = BitField(0x0, 23, 16)
    public static let accessRegGroup = BitField(0x0, 7, 0)
    /// Offset; 16 bytes.
    public static let accessRegMask = 0x8
    /// Offset; 16 bytes.
    public static let featureMask = 0x28
}
