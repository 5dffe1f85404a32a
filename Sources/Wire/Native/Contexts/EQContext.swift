/// Event queue context.
///
/// `eqc` of the native interface, section 6.1.
public enum EQContext {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0x40

    public static let status = BitField(0x0, 31, 28)
    public static let ec = BitField(0x0, bit: 18)
    public static let oi = BitField(0x0, bit: 17)
    public static let st = BitField(0x0, 11, 8)
    public static let pageOffset = BitField(0x8, 11, 6)
    public static let logEqSize = BitField(0xc, 28, 24)
    public static let uarPage = BitField(0xc, 23, 0)
    public static let intr = BitField(0x14, 11, 0)
    public static let logPageSize = BitField(0x18, 28, 24)
    public static let consumerCounter = BitField(0x28, 23, 0)
    public static let producerCounter = BitField(0x2c, 23, 0)
}
