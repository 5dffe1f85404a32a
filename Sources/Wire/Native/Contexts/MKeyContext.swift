/// Memory key context.
///
/// `mkc` of the native interface, section 6.4.
public enum MKeyContext {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0x40

    public static let free = BitField(0x0, bit: 30)
    public static let accessMode4_2 = BitField(0x0, 28, 26)
    public static let relaxedOrderingWrite = BitField(0x0, bit: 18)
    public static let smallFenceOnRdmaReadResponse = BitField(0x0, bit: 16)
    public static let umrEn = BitField(0x0, bit: 15)
    public static let a = BitField(0x0, bit: 14)
    public static let rw = BitField(0x0, bit: 13)
    public static let rr = BitField(0x0, bit: 12)
    public static let lw = BitField(0x0, bit: 11)
    public static let lr = BitField(0x0, bit: 10)
    public static let accessMode1_0 = BitField(0x0, 9, 8)
    public static let maTranslationMode = BitField(0x0, 5, 4)
    public static let qpn = BitField(0x4, 31, 8)
    public static let mkey7_0 = BitField(0x4, 7, 0)
    public static let length64 = BitField(0xc, bit: 31)
    public static let bsfEn = BitField(0xc, bit: 30)
    public static let syncUmr = BitField(0xc, bit: 29)
    public static let expectedSigerrCount = BitField(0xc, bit: 26)
    public static let enRinval = BitField(0xc, bit: 24)
    public static let pd = BitField(0xc, 23, 0)
    /// Offset; 8 bytes.
    public static let startAddr = 0x10
    /// Offset; 8 bytes.
    public static let len = 0x18
    public static let bsfOctwordSize = BitField(word: 0x20)
    public static let crossingTargetVhcaId = BitField(0x30, 31, 16)
    public static let translationsOctwordSize = BitField(word: 0x34)
    public static let relaxedOrderingRead = BitField(0x38, bit: 6)
    public static let logPageSize = BitField(0x38, 5, 0)
}
