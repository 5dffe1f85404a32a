/// Work queue context, embedded in those of send queues, receive queues and pools.
///
/// `wq` of the native interface, section 6.2.
public enum WQContext {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0xc0

    public static let wqType = BitField(0x0, 31, 28)
    public static let wqSignature = BitField(0x0, bit: 27)
    public static let endPaddingMode = BitField(0x0, 26, 25)
    public static let cdSlave = BitField(0x0, bit: 24)
    public static let hdsSkipFirstSge = BitField(0x4, bit: 31)
    public static let log2HdsBufSize = BitField(0x4, 30, 28)
    public static let pageOffset = BitField(0x4, 20, 16)
    public static let lwm = BitField(0x4, 15, 0)
    public static let pd = BitField(0x8, 23, 0)
    public static let uarPage = BitField(0xc, 23, 0)
    /// Offset; 8 bytes.
    public static let dbrAddr = 0x10
    public static let hwCounter = BitField(word: 0x18)
    public static let swCounter = BitField(word: 0x1c)
    public static let logWqStride = BitField(0x20, 19, 16)
    public static let logWqPgSz = BitField(0x20, 12, 8)
    public static let logWqSz = BitField(0x20, 4, 0)
    public static let dbrUmemValid = BitField(0x24, bit: 31)
    public static let wqUmemValid = BitField(0x24, bit: 30)
    public static let logHairpinNumPackets = BitField(0x24, 28, 24)
    public static let logHairpinDataSz = BitField(0x24, 20, 16)
    public static let logWqeNumOfStrides = BitField(0x24, 11, 8)
    public static let twoByteShiftEn = BitField(0x24, bit: 7)
    public static let logWqeStrideSize = BitField(0x24, 2, 0)
    public static let dbrUmemId = BitField(word: 0x28)
    public static let wqUmemId = BitField(word: 0x2c)
    /// Offset; 8 bytes.
    public static let wqUmemOffset = 0x30
    public static let headersMkey = BitField(word: 0x38)
    public static let shampoEnable = BitField(0x3c, bit: 31)
    public static let logReservationSize = BitField(0x3c, 26, 24)
    public static let logMaxNumOfPacketsPerReservation = BitField(0x3c, 18, 16)
    public static let logHeadersEntrySize = BitField(0x3c, 9, 8)
    public static let logHeadersBufferEntryNum = BitField(0x3c, 3, 0)
    /// Offset of the list that ends the record.
    public static let pas = 0xc0
}
