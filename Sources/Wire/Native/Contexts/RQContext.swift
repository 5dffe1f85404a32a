/// Receive queue context; the work queue context is at `wq`.
///
/// `rqc` of the native interface, section 6.2.
public enum RQContext {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0xf0

    public static let rlky = BitField(0x0, bit: 31)
    public static let delayDropEn = BitField(0x0, bit: 30)
    public static let scatterFcs = BitField(0x0, bit: 29)
    public static let vsd = BitField(0x0, bit: 28)
    public static let memRqType = BitField(0x0, 27, 24)
    public static let state = BitField(0x0, 23, 20)
    public static let flushInErrorEn = BitField(0x0, bit: 18)
    public static let hairpin = BitField(0x0, bit: 17)
    public static let tsFormat = BitField(0x0, 5, 4)
    public static let userIndex = BitField(0x4, 23, 0)
    public static let cqn = BitField(0x8, 23, 0)
    public static let counterSetId = BitField(0xc, 31, 24)
    public static let rmpn = BitField(0x10, 23, 0)
    public static let hairpinPeerSq = BitField(0x14, 23, 0)
    public static let hairpinPeerVhca = BitField(0x18, 15, 0)
    public static let shampoNoMatchAlignmentGranularity = BitField(0x24, 25, 24)
    public static let shampoMatchCriteriaType = BitField(0x24, 17, 16)
    public static let reservationTimeout = BitField(0x24, 15, 0)
    /// Offset; 192 bytes.
    public static let wq = 0x30
}
