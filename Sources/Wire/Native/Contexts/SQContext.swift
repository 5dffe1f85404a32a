/// Send queue context; the work queue context is at `wq`.
///
/// `sqc` of the native interface, section 6.2.
public enum SQContext {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0xf0

    public static let rlky = BitField(0x0, bit: 31)
    public static let cdMaster = BitField(0x0, bit: 30)
    public static let fre = BitField(0x0, bit: 29)
    public static let flushInErrorEn = BitField(0x0, bit: 28)
    public static let allowMultiPktSendWqe = BitField(0x0, bit: 27)
    public static let minWqeInlineMode = BitField(0x0, 26, 24)
    public static let state = BitField(0x0, 23, 20)
    public static let regUmr = BitField(0x0, bit: 19)
    public static let allowSwp = BitField(0x0, bit: 18)
    public static let hairpin = BitField(0x0, bit: 17)
    public static let nonWire = BitField(0x0, bit: 16)
    public static let tsFormat = BitField(0x0, 5, 4)
    public static let userIndex = BitField(0x4, 23, 0)
    public static let cqn = BitField(0x8, 23, 0)
    public static let hairpinPeerRq = BitField(0xc, 23, 0)
    public static let hairpinPeerVhca = BitField(0x10, 15, 0)
    public static let tsCqeToDestCqn = BitField(0x18, 23, 0)
    public static let packetPacingRateLimitIndex = BitField(0x1c, 15, 0)
    public static let tisLstSz = BitField(0x20, 31, 16)
    public static let qosQueueGroupId = BitField(0x20, 15, 0)
    public static let tisNum0 = BitField(0x2c, 23, 0)
    /// Offset; 192 bytes.
    public static let wq = 0x30
}
