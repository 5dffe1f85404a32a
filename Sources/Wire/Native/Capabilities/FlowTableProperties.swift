/// What flow tables of one type can do.
///
/// `flow_table_prop_layout` of the native interface, section 4.3.
public enum FlowTableProperties {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0x40

    public static let ftSupport = BitField(0x0, bit: 31)
    public static let flowCounter = BitField(0x0, bit: 29)
    public static let flowModifyEn = BitField(0x0, bit: 28)
    public static let modifyRoot = BitField(0x0, bit: 27)
    public static let identifiedMissTableMode = BitField(0x0, bit: 26)
    public static let flowTableModify = BitField(0x0, bit: 25)
    public static let reformat = BitField(0x0, bit: 24)
    public static let decap = BitField(0x0, bit: 23)
    public static let resetRootToDefault = BitField(0x0, bit: 22)
    public static let popVlan = BitField(0x0, bit: 21)
    public static let pushVlan = BitField(0x0, bit: 20)
    public static let popVlan2 = BitField(0x0, bit: 18)
    public static let pushVlan2 = BitField(0x0, bit: 17)
    public static let reformatAndVlanAction = BitField(0x0, bit: 16)
    public static let swOwner = BitField(0x0, bit: 14)
    public static let reformatL3TunnelToL2 = BitField(0x0, bit: 13)
    public static let reformatL2ToL3Tunnel = BitField(0x0, bit: 12)
    public static let reformatAndModifyAction = BitField(0x0, bit: 11)
    public static let ignoreFlowLevel = BitField(0x0, bit: 10)
    public static let tableMissActionDomain = BitField(0x0, bit: 8)
    public static let terminationTable = BitField(0x0, bit: 7)
    public static let reformatAndFwdToTable = BitField(0x0, bit: 6)
    public static let ipsecEncrypt = BitField(0x0, bit: 3)
    public static let ipsecDecrypt = BitField(0x0, bit: 2)
    public static let swOwnerV2 = BitField(0x0, bit: 1)
    public static let terminationTableRawTraffic = BitField(0x4, bit: 31)
    public static let logMaxFtSize = BitField(0x4, 29, 24)
    public static let logMaxModifyHeaderContext = BitField(0x4, 23, 16)
    public static let maxModifyHeaderActions = BitField(0x4, 15, 8)
    public static let maxFtLevel = BitField(0x4, 7, 0)
    public static let reformatAddEspTrasport = BitField(0x8, bit: 31)
    public static let reformatL2ToL3EspTunnel = BitField(0x8, bit: 30)
    public static let reformatAddEspTransportOverUdp = BitField(0x8, bit: 29)
    public static let reformatDelEspTrasport = BitField(0x8, bit: 28)
    public static let reformatL3EspTunnelToL2 = BitField(0x8, bit: 27)
    public static let reformatDelEspTransportOverUdp = BitField(0x8, bit: 26)
    public static let executeAso = BitField(0x8, bit: 25)
    public static let reformatInsert = BitField(0xc, bit: 29)
    public static let reformatRemove = BitField(0xc, bit: 28)
    public static let macsecEncrypt = BitField(0xc, bit: 27)
    public static let macsecDecrypt = BitField(0xc, bit: 26)
    public static let reformatAddMacsec = BitField(0xc, bit: 23)
    public static let reformatRemoveMacsec = BitField(0xc, bit: 22)
    public static let reparse = BitField(0xc, bit: 21)
    public static let crossVhcaObject = BitField(0xc, bit: 19)
    public static let reformatL2ToL3AudpTunnel = BitField(0xc, bit: 18)
    public static let reformatL3AudpTunnelToL2 = BitField(0xc, bit: 17)
    public static let ignoreFlowLevelRtcValid = BitField(0xc, bit: 16)
    public static let logMaxFtNum = BitField(0xc, 7, 0)
    public static let logMaxFlowCounter = BitField(0x10, 15, 8)
    public static let logMaxDestination = BitField(0x10, 7, 0)
    public static let logMaxFlow = BitField(0x14, 7, 0)
    /// Offset; 16 bytes.
    public static let ftFieldSupport = 0x20
    /// Offset; 16 bytes.
    public static let ftFieldBitmaskSupport = 0x30
}
