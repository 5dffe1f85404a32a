/// Quality of service capability mask, like PCAM for registers 0x4000 and on.
///
/// Register `QCAM` of the native interface, section 7.
public enum QCAM {
    public static let byteCount = 0x48

    public static let featureGroup = BitField(0x0, 23, 16)
    public static let accessRegGroup = BitField(0x0, 7, 0)
    /// Offset; 16 bytes.
    public static let accessRegMask = 0x8
    /// Offset; 16 bytes.
    public static let featureMask = 0x28
}
