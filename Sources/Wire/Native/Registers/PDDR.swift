/// Port diagnostics database: why a link is down.
///
/// Register `PDDR` of the native interface, section 7.
public enum PDDR {
    public static let byteCount = 0x100

    public static let localPort = BitField(0x0, 23, 16)
    public static let pnat = BitField(0x0, 15, 14)
    public static let pageSelect = BitField(0x4, 7, 0)
    public static let groupOpcode = BitField(0x8, 15, 0)
    public static let monitorOpcode = BitField(0xc, 15, 0)
    /// Offset; 236 bytes.
    public static let statusMessage = 0x14
}
