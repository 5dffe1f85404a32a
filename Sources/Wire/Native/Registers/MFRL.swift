/// Firmware reset level.
///
/// Register `MFRL` of the native interface, section 7.
public enum MFRL {
    public static let byteCount = 0x8

    public static let pciSyncForFwUpdateStart = BitField(0x4, bit: 29)
    public static let pciSyncForFwUpdateResp = BitField(0x4, 28, 27)
    public static let rstTypeSel = BitField(0x4, 26, 24)
    public static let pciResetReqMethod = BitField(0x4, 23, 21)
    public static let resetState = BitField(0x4, 19, 16)
    public static let resetType = BitField(0x4, 15, 8)
    public static let resetLevel = BitField(0x4, 7, 0)
}
