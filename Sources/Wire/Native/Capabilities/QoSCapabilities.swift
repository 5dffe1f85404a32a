/// Quality of service capabilities (type 0xc).
///
/// `qos_cap` of the native interface, section 4.4.
public enum QoSCapabilities {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0x100

    public static let packetPacing = BitField(0x0, bit: 31)
    public static let eswScheduling = BitField(0x0, bit: 30)
    public static let eswBwShare = BitField(0x0, bit: 29)
    public static let eswRateLimit = BitField(0x0, bit: 28)
    public static let packetPacingBurstBound = BitField(0x0, bit: 26)
    public static let packetPacingTypicalSize = BitField(0x0, bit: 25)
    public static let nicSqScheduling = BitField(0x0, bit: 23)
    public static let nicBwShare = BitField(0x0, bit: 22)
    public static let nicRateLimit = BitField(0x0, bit: 21)
    public static let packetPacingUid = BitField(0x0, bit: 20)
    public static let logEswMaxSchedDepth = BitField(0x0, 19, 16)
    public static let logMaxQosNicQueueGroup = BitField(0x4, 20, 16)
    public static let packetPacingMaxRate = BitField(word: 0x8)
    public static let packetPacingMinRate = BitField(word: 0xc)
    public static let packetPacingRateTableSize = BitField(0x10, 15, 0)
    public static let eswElementType = BitField(0x14, 31, 16)
    public static let eswTsarType = BitField(0x14, 15, 0)
    public static let maxQosParaVport = BitField(0x18, 15, 0)
    public static let maxTsarBwShare = BitField(word: 0x1c)
    public static let nicElementType = BitField(0x20, 31, 16)
    public static let nicTsarType = BitField(0x20, 15, 0)
    public static let logMeterAsoGranularity = BitField(0x24, 28, 24)
    public static let logMeterAsoMaxAlloc = BitField(0x24, 20, 16)
    public static let logMaxNumMeterAso = BitField(0x24, 12, 8)
}
