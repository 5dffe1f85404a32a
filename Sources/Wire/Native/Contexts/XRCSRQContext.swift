/// Shared receive queue context (XRC form).
///
/// `xrc_srqc` of the native interface, section 6.7.
public enum XRCSRQContext {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0x40

    public static let state = BitField(0x0, 31, 28)
    public static let logXrcSrqSize = BitField(0x0, 27, 24)
    public static let wqSignature = BitField(0x4, bit: 31)
    public static let contSrq = BitField(0x4, bit: 30)
    public static let rlky = BitField(0x4, bit: 28)
    public static let basicCyclicRcvWqe = BitField(0x4, bit: 27)
    public static let logRqStride = BitField(0x4, 26, 24)
    public static let xrcd = BitField(0x4, 23, 0)
    public static let pageOffset = BitField(0x8, 31, 26)
    public static let dbrUmemValid = BitField(0x8, bit: 24)
    public static let cqn = BitField(0x8, 23, 0)
    public static let userIndexEqualXrcSrqn = BitField(0x10, bit: 31)
    public static let logPageSize = BitField(0x10, 29, 24)
    public static let userIndex = BitField(0x10, 23, 0)
    public static let pd = BitField(0x18, 23, 0)
    public static let lwm = BitField(0x1c, 31, 16)
    public static let wqeCnt = BitField(0x1c, 15, 0)
    public static let dbRecordAddrH = BitField(word: 0x28)
    public static let dbRecordAddrL = BitField(0x2c, 31, 2)
}
