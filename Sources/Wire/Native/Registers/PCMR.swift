/// Port check mask.
///
/// Register `PCMR` of the native interface, section 7.
public enum PCMR {
    public static let byteCount = 0xc

    public static let localPort = BitField(0x0, 23, 16)
    public static let entropyForceCap = BitField(0x4, bit: 31)
    public static let entropyCalcCap = BitField(0x4, bit: 30)
    public static let entropyGreCalcCap = BitField(0x4, bit: 29)
    public static let rxTsOverCrcCap = BitField(0x4, bit: 13)
    public static let fcsCap = BitField(0x4, bit: 1)
    public static let entropyForce = BitField(0x8, bit: 31)
    public static let entropyCalc = BitField(0x8, bit: 30)
    public static let entropyGreCalc = BitField(0x8, bit: 29)
    public static let rxTsOverCrc = BitField(0x8, bit: 13)
    public static let fcsChk = BitField(0x8, bit: 1)
}
