/// Port virtual lane capabilities.
///
/// Register `PVLC` of the native interface, section 7.
public enum PVLC {
    public static let byteCount = 0x10

    public static let localPort = BitField(0x0, 23, 16)
    public static let vlHwCap = BitField(0x4, 3, 0)
    public static let vlAdmin = BitField(0x8, 3, 0)
    public static let vlOperational = BitField(0xc, 3, 0)
}
