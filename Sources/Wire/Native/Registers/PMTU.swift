/// Port MTU.
///
/// In hardware units: IP MTU + 22.
///
/// Register `PMTU` of the native interface, section 7.
public enum PMTU {
    public static let byteCount = 0x10

    public static let localPort = BitField(0x0, 23, 16)
    public static let maxMtu = BitField(0x4, 31, 16)
    public static let adminMtu = BitField(0x8, 31, 16)
    public static let operMtu = BitField(0xc, 31, 16)
}
