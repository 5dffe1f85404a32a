/// Transport interface receive context.
///
/// `tirc` of the native interface, section 6.3.
public enum TIRContext {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0xf0

    public static let dispType = BitField(0x4, 31, 28)
    public static let tlsEn = BitField(0x4, bit: 27)
    public static let lroTimeoutPeriodUsecs = BitField(0x10, 27, 12)
    public static let packetMergeMask = BitField(0x10, 11, 8)
    public static let lroMaxIpPayloadSize = BitField(0x10, 7, 0)
    public static let inlineRqn = BitField(0x1c, 23, 0)
    public static let rxHashSymmetric = BitField(0x20, bit: 31)
    public static let tunneledOffloadEn = BitField(0x20, bit: 29)
    public static let indirectTable = BitField(0x20, 23, 0)
    public static let rxHashFn = BitField(0x24, 31, 28)
    public static let selfLbBlock = BitField(0x24, 25, 24)
    public static let transportDomain = BitField(0x24, 23, 0)
    /// Offset; 40 bytes.
    public static let rxHashToeplitzKey = 0x28
    public static let rxHashFieldSelectorOuterL3ProtType = BitField(0x50, bit: 31)
    public static let rxHashFieldSelectorOuterL4ProtType = BitField(0x50, bit: 30)
    public static let rxHashFieldSelectorOuterSelectedFields = BitField(0x50, 29, 0)
    public static let rxHashFieldSelectorInnerL3ProtType = BitField(0x54, bit: 31)
    public static let rxHashFieldSelectorInnerL4ProtType = BitField(0x54, bit: 30)
    public static let rxHashFieldSelectorInnerSelectedFields = BitField(0x54, 29, 0)
}
