/// Shared buffer pool.
///
/// Register `SBPR` of the native interface, section 7.
public enum SBPR {
    public static let byteCount = 0x18

    public static let desc = BitField(0x0, bit: 31)
    public static let snap = BitField(0x0, bit: 30)
    public static let dir = BitField(0x0, 25, 24)
    public static let pool = BitField(0x0, 3, 0)
    public static let infiSize = BitField(0x4, bit: 31)
    public static let size = BitField(0x4, 23, 0)
    public static let mode = BitField(0x8, 3, 0)
    public static let buffOccupancy = BitField(0xc, 23, 0)
    public static let clr = BitField(0x10, bit: 31)
    public static let maxBuffOccupancy = BitField(0x10, 23, 0)
    public static let extBuffOccupancy = BitField(0x14, 23, 0)
}
