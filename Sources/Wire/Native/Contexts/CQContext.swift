/// Completion queue context.
///
/// `cqc` of the native interface, section 6.1.
public enum CQContext {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0x40

    public static let status = BitField(0x0, 31, 28)
    public static let dbrUmemValid = BitField(0x0, bit: 25)
    public static let apuCq = BitField(0x0, bit: 24)
    public static let cqeSz = BitField(0x0, 23, 21)
    public static let cc = BitField(0x0, bit: 20)
    public static let scqeBreakModerationEn = BitField(0x0, bit: 18)
    public static let oi = BitField(0x0, bit: 17)
    public static let cqPeriodMode = BitField(0x0, 16, 15)
    public static let cqeCompEn = BitField(0x0, bit: 14)
    public static let miniCqeResFormat = BitField(0x0, 13, 12)
    public static let st = BitField(0x0, 11, 8)
    public static let cqeCompressionLayout = BitField(0x0, 1, 0)
    public static let pageOffset = BitField(0x8, 11, 6)
    public static let logCqSize = BitField(0xc, 28, 24)
    public static let uarPage = BitField(0xc, 23, 0)
    public static let cqPeriod = BitField(0x10, 27, 16)
    public static let cqMaxCount = BitField(0x10, 15, 0)
    public static let cEqnOrApuElement = BitField(word: 0x14)
    public static let logPageSize = BitField(0x18, 28, 24)
    public static let lastNotifiedIndex = BitField(0x20, 23, 0)
    public static let lastSolicitIndex = BitField(0x24, 23, 0)
    public static let consumerCounter = BitField(0x28, 23, 0)
    public static let producerCounter = BitField(0x2c, 23, 0)
    /// Offset; 8 bytes.
    public static let dbrAddr = 0x38
}
