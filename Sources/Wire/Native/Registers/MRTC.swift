/// Real-time clock.
///
/// Register `MRTC` of the native interface, section 7.
public enum MRTC {
    public static let byteCount = 0x10

    public static let timeSynced = BitField(0x0, bit: 31)
    public static let timeH = BitField(word: 0x8)
    public static let timeL = BitField(word: 0xc)
}
