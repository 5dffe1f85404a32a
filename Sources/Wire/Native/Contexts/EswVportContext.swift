/// E-switch vport context.
///
/// `esw_vport_context` of the native interface, section 6.6.
public enum EswVportContext {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0x100

    public static let fdbToVportRegC = BitField(0x0, bit: 31)
    public static let vportSvlanStrip = BitField(0x0, bit: 28)
    public static let vportCvlanStrip = BitField(0x0, bit: 27)
    public static let vportSvlanInsert = BitField(0x0, bit: 26)
    public static let vportCvlanInsert = BitField(0x0, 25, 24)
    public static let fdbToVportRegCId = BitField(0x0, 23, 16)
    public static let svlanCfi = BitField(0x8, bit: 31)
    public static let svlanPcp = BitField(0x8, 30, 28)
    public static let svlanId = BitField(0x8, 27, 16)
    public static let cvlanCfi = BitField(0x8, bit: 15)
    public static let cvlanPcp = BitField(0x8, 14, 12)
    public static let cvlanId = BitField(0x8, 11, 0)
    /// Offset; 8 bytes.
    public static let swSteeringVportIcmAddressRx = 0xf0
    /// Offset; 8 bytes.
    public static let swSteeringVportIcmAddressTx = 0xf8
}
