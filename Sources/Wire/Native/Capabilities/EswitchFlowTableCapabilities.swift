/// E-switch flow table capabilities (type 8).
///
/// `flow_table_eswitch_cap` of the native interface, section 4.3.
public enum EswitchFlowTableCapabilities {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0x1000

    public static let fdbToVportRegCId = BitField(0x0, 31, 24)
    public static let fdbUplinkHairpin = BitField(0x0, bit: 18)
    public static let fdbMultiPathAnyTableLimitRegc = BitField(0x0, bit: 17)
    public static let fdbDynamicTunnel = BitField(0x0, bit: 15)
    public static let fdbMultiPathAnyTable = BitField(0x0, bit: 13)
    public static let fdbModifyHeaderFwdToTable = BitField(0x0, bit: 10)
    public static let fdbIpv4TtlModify = BitField(0x0, bit: 9)
    public static let flowSource = BitField(0x0, bit: 8)
    public static let multiFdbEncap = BitField(0x0, bit: 5)
    public static let egressAclForwardToVport = BitField(0x0, bit: 4)
    public static let fdbMultiPathToTable = BitField(0x0, bit: 3)
    /// Offset; 64 bytes.
    public static let flowTablePropertiesNicEswFdb = 0x40
    /// Offset; 64 bytes.
    public static let flowTablePropertiesEswAclIngress = 0x80
    /// Offset; 64 bytes.
    public static let flowTablePropertiesEswAclEgress = 0xc0
    /// Offset; 16 bytes.
    public static let ftFieldSupport2EswFdb = 0x280
    /// Offset; 16 bytes.
    public static let ftFieldBitmaskSupport2EswFdb = 0x290
    /// Offset; 8 bytes.
    public static let swSteeringFdbActionDropIcmAddressRx = 0x300
    /// Offset; 8 bytes.
    public static let swSteeringFdbActionDropIcmAddressTx = 0x308
    /// Offset; 8 bytes.
    public static let swSteeringUplinkIcmAddressRx = 0x310
    /// Offset; 8 bytes.
    public static let swSteeringUplinkIcmAddressTx = 0x318
}
