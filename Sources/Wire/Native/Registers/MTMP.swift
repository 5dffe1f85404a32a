/// A temperature.
///
/// Register `MTMP` of the native interface, section 7.
public enum MTMP {
    public static let byteCount = 0x20

    public static let sensorIndex = BitField(0x0, 11, 0)
    public static let temperature = BitField(0x4, 15, 0)
    public static let mte = BitField(0x8, bit: 31)
    public static let mtr = BitField(0x8, bit: 30)
    public static let maxTemperature = BitField(0x8, 15, 0)
    public static let tee = BitField(0xc, 31, 30)
    public static let tempThresholdHi = BitField(0xc, 15, 0)
    public static let tempThresholdLo = BitField(0x10, 15, 0)
    public static let sensorNameHi = BitField(word: 0x18)
    public static let sensorNameLo = BitField(word: 0x1c)
}
