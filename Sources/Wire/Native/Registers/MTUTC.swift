/// Adjustment of the real-time clock.
///
/// Register `MTUTC` of the native interface, section 7.
public enum MTUTC {
    public static let byteCount = 0x1c

    public static let freqAdjUnits = BitField(0x0, 26, 24)
    public static let logMaxFreqAdjustment = BitField(0x0, 20, 16)
    public static let operation = BitField(0x0, 3, 0)
    public static let freqAdjustment = BitField(word: 0x4)
    public static let utcSec = BitField(word: 0x10)
    public static let utcNsec = BitField(0x14, 29, 0)
    public static let timeAdjustment = BitField(word: 0x18)
}
