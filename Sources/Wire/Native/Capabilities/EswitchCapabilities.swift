/// E-switch capabilities (type 9).
///
/// `e_switch_cap` of the native interface, section 4.3.
public enum EswitchCapabilities {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0x100

    public static let vportSvlanStrip = BitField(0x0, bit: 31)
    public static let vportCvlanStrip = BitField(0x0, bit: 30)
    public static let vportSvlanInsert = BitField(0x0, bit: 29)
    public static let vportCvlanInsertIfNotExist = BitField(0x0, bit: 28)
    public static let vportCvlanInsertOverwrite = BitField(0x0, bit: 27)
    public static let vportCvlanInsertAlways = BitField(0x0, bit: 25)
    public static let eswSharedIngressAcl = BitField(0x0, bit: 24)
    public static let eswUplinkIngressAcl = BitField(0x0, bit: 23)
    public static let rootFtOnOtherEsw = BitField(0x0, bit: 22)
    public static let eswFunctionsChanged = BitField(0x0, bit: 6)
    public static let ecpfVportExists = BitField(0x0, bit: 4)
    public static let counterEswitchAffinity = BitField(0x0, bit: 3)
    public static let mergedEswitch = BitField(0x0, bit: 2)
    public static let nicVportNodeGuidModify = BitField(0x0, bit: 1)
    public static let nicVportPortGuidModify = BitField(0x0, bit: 0)
    public static let vxlanEncapDecap = BitField(0x4, bit: 31)
    public static let nvgreEncapDecap = BitField(0x4, bit: 30)
    public static let logMaxFdbEncapUplink = BitField(0x4, 28, 24)
    public static let logMaxPacketReformatContext = BitField(0x4, 20, 16)
    public static let maxEncapHeaderSize = BitField(0x4, 9, 0)
    public static let logMaxEswSf = BitField(0x8, 20, 16)
    public static let eswSfBaseId = BitField(0x8, 15, 0)
}
