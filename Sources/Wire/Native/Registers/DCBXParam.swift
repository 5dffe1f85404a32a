/// Data centre bridging exchange.
///
/// Register `DCBX_PARAM` of the native interface, section 7.
public enum DCBXParam {
    public static let byteCount = 0x40

    public static let dcbxCeeCap = BitField(0x0, bit: 31)
    public static let dcbxIeeeCap = BitField(0x0, bit: 30)
    public static let dcbxStandbyCap = BitField(0x0, bit: 29)
    public static let portNumber = BitField(0x0, 23, 16)
    public static let maxApplicationTableSize = BitField(0x0, 5, 0)
    public static let versionOper = BitField(0x4, 10, 8)
    public static let versionAdmin = BitField(0x4, 2, 0)
    public static let willingAdmin = BitField(0x8, bit: 31)
    public static let pfcCapOper = BitField(0x8, 27, 24)
    public static let pfcCapAdmin = BitField(0x8, 19, 16)
    public static let numOfTcOper = BitField(0x8, 11, 8)
    public static let numOfTcAdmin = BitField(0x8, 3, 0)
    public static let remoteWilling = BitField(0xc, bit: 31)
    public static let remotePfcCap = BitField(0xc, 27, 24)
    public static let remoteNumOfTc = BitField(0xc, 3, 0)
    public static let error = BitField(0x10, 7, 0)
}
