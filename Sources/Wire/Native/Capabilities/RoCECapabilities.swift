/// RoCE capabilities (type 4).
///
/// `roce_cap` of the native interface, section 4.4.
public enum RoCECapabilities {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0x100

    public static let roceApm = BitField(0x0, bit: 31)
    public static let swRRoceSrcUdpPort = BitField(0x0, bit: 27)
    public static let flRcQpWhenRoceDisabled = BitField(0x0, bit: 26)
    public static let flRcQpWhenRoceEnabled = BitField(0x0, bit: 25)
    public static let roceCcGeneral = BitField(0x0, bit: 24)
    public static let qpOooTransmitDefault = BitField(0x0, bit: 23)
    public static let qpTsFormat = BitField(0x0, 1, 0)
    public static let l3Type = BitField(0x10, 19, 16)
    public static let roceVersion = BitField(0x10, 7, 0)
    public static let rRoceDestUdpPort = BitField(0x14, 15, 0)
    public static let rRoceMaxSrcUdpPort = BitField(0x18, 31, 16)
    public static let rRoceMinSrcUdpPort = BitField(0x18, 15, 0)
    public static let roceAddressTableSize = BitField(0x1c, 15, 0)
}
