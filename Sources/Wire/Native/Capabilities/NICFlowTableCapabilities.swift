/// NIC flow table capabilities (type 7): where each table type's properties start.
///
/// `flow_table_nic_cap` of the native interface, section 4.3.
public enum NICFlowTableCapabilities {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0x1000

    public static let nicRxMultiPathTirs = BitField(0x0, bit: 31)
    public static let nicRxMultiPathTirsFts = BitField(0x0, bit: 30)
    public static let allowSnifferAndNicRxSharedTir = BitField(0x0, bit: 29)
    public static let swOwnerReformatSupported = BitField(0x0, bit: 24)
    public static let encapGeneralHeader = BitField(0x4, bit: 31)
    public static let logMaxPacketReformatContext = BitField(0x4, 20, 16)
    public static let maxEncapHeaderSize = BitField(0x4, 9, 0)
    /// Offset; 64 bytes.
    public static let flowTablePropertiesNicReceive = 0x40
    /// Offset; 64 bytes.
    public static let flowTablePropertiesNicReceiveRdma = 0x80
    /// Offset; 64 bytes.
    public static let flowTablePropertiesNicReceiveSniffer = 0xc0
    /// Offset; 64 bytes.
    public static let flowTablePropertiesNicTransmit = 0x100
    /// Offset; 64 bytes.
    public static let flowTablePropertiesNicTransmitRdma = 0x140
    /// Offset; 64 bytes.
    public static let flowTablePropertiesNicTransmitSniffer = 0x180
    /// Offset; 16 bytes.
    public static let ftFieldSupport2NicReceive = 0x280
    /// Offset; 16 bytes.
    public static let ftFieldSupport2NicReceiveRdma = 0x2a0
    /// Offset; 16 bytes.
    public static let ftFieldSupport2NicTransmitRdma = 0x300
    /// Offset; 8 bytes.
    public static let swSteeringNicRxActionDropIcmAddress = 0x400
    /// Offset; 8 bytes.
    public static let swSteeringNicTxActionDropIcmAddress = 0x408
    /// Offset; 8 bytes.
    public static let swSteeringNicTxActionAllowIcmAddress = 0x410
}
