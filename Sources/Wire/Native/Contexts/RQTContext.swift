/// Receive queue table context; `rqNum` starts a list of words, [23:0] the queue number.
///
/// `rqtc` of the native interface, section 6.3.
public enum RQTContext {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0xf0

    public static let listQType = BitField(0x14, 26, 24)
    public static let rqtMaxSize = BitField(0x14, 15, 0)
    public static let rqVhcaIdFormat = BitField(0x18, bit: 31)
    public static let rqtActualSize = BitField(0x18, 15, 0)
    /// Offset of the list that ends the record.
    public static let rqNum = 0xf0
    /// Offset of the list that ends the record.
    public static let rqVhca = 0xf0
}
