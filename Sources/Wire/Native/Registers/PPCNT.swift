/// Port performance counters.
///
/// The enumerations of counters give offsets from the register's start.
///
/// Register `PPCNT` of the native interface, section 7.
public enum PPCNT {
    public static let byteCount = 0x100

    public static let swid = BitField(0x0, 31, 24)
    public static let localPort = BitField(0x0, 23, 16)
    public static let pnat = BitField(0x0, 15, 14)
    public static let grp = BitField(0x0, 5, 0)
    public static let clr = BitField(0x4, bit: 31)
    public static let planeInd = BitField(0x4, 11, 8)
    public static let prioTc = BitField(0x4, 4, 0)
    /// Offset; 248 bytes.
    public static let counterSet = 0x8
}
