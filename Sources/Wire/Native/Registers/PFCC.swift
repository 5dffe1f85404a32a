/// Port flow control configuration: pause and priority flow control.
///
/// Register `PFCC` of the native interface, section 7.
public enum PFCC {
    public static let byteCount = 0x20

    public static let bufOwnership = BitField(0x0, 27, 26)
    public static let localPort = BitField(0x0, 23, 16)
    public static let ppanMaskN = BitField(0x0, bit: 4)
    public static let minorStallMask = BitField(0x0, bit: 3)
    public static let criticalStallMask = BitField(0x0, bit: 2)
    public static let ppan = BitField(0x4, 31, 28)
    public static let prioMaskTx = BitField(0x4, 23, 16)
    public static let prioMaskRx = BitField(0x4, 7, 0)
    public static let pptx = BitField(0x8, bit: 31)
    public static let aptx = BitField(0x8, bit: 30)
    public static let pptxMaskN = BitField(0x8, bit: 29)
    public static let pfctx = BitField(0x8, 23, 16)
    public static let pprx = BitField(0xc, bit: 31)
    public static let aprx = BitField(0xc, bit: 30)
    public static let pprxMaskN = BitField(0xc, bit: 29)
    public static let pfcrx = BitField(0xc, 23, 16)
    public static let deviceStallMinorWatermark = BitField(0x10, 31, 16)
    public static let deviceStallCriticalWatermark = BitField(0x10, 15, 0)
}
