/// Flow table context.
///
/// `flow_table_context` of the native interface, section 6.5.
public enum FlowTableContext {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0x28

    public static let reformatEn = BitField(0x0, bit: 31)
    public static let decapEn = BitField(0x0, bit: 30)
    public static let swOwner = BitField(0x0, bit: 29)
    public static let terminationTable = BitField(0x0, bit: 28)
    public static let tableMissAction = BitField(0x0, 27, 24)
    public static let level = BitField(0x0, 23, 16)
    public static let rtcValid = BitField(0x0, bit: 15)
    public static let logSize = BitField(0x0, 7, 0)
    public static let tableMissId = BitField(0x4, 23, 0)
    public static let lagMasterNextTableId = BitField(0x8, 23, 0)
    /// Offset; 8 bytes.
    public static let swsSwOwnerIcmRoot1 = 0x18
    /// Offset; 8 bytes.
    public static let swsSwOwnerIcmRoot0 = 0x20
    public static let hwsRtcId0 = BitField(word: 0x18)
    public static let hwsRtcId1 = BitField(word: 0x1c)
}
