/// Shared buffer class.
///
/// Register `SBCM` of the native interface, section 7.
public enum SBCM {
    public static let byteCount = 0x28

    public static let desc = BitField(0x0, bit: 31)
    public static let snap = BitField(0x0, bit: 30)
    public static let localPort = BitField(0x0, 23, 16)
    public static let pnat = BitField(0x0, 15, 14)
    public static let pgBuff = BitField(0x0, 13, 8)
    public static let dir = BitField(0x0, 1, 0)
    public static let exc = BitField(0x4, bit: 0)
    public static let buffOccupancy = BitField(0x10, 23, 0)
    public static let clr = BitField(0x14, bit: 31)
    public static let maxBuffOccupancy = BitField(0x14, 23, 0)
    public static let minBuff = BitField(0x18, 23, 0)
    public static let infiMax = BitField(0x1c, bit: 31)
    public static let maxBuff = BitField(0x1c, 23, 0)
    public static let pool = BitField(0x24, 3, 0)
}
