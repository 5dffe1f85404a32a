/// NIC vport context; the address list follows it.
///
/// `nic_vport_context` of the native interface, section 6.6.
public enum NICVportContext {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0x100

    public static let minWqeInlineMode = BitField(0x0, 26, 24)
    public static let disableMcLocalLb = BitField(0x0, bit: 2)
    public static let disableUcLocalLb = BitField(0x0, bit: 1)
    public static let roceEn = BitField(0x0, bit: 0)
    public static let armChangeEvent = BitField(0x4, bit: 31)
    public static let eventOnMtu = BitField(0x4, bit: 4)
    public static let eventOnPromiscChange = BitField(0x4, bit: 3)
    public static let eventOnVlanChange = BitField(0x4, bit: 2)
    public static let eventOnMcAddressChange = BitField(0x4, bit: 1)
    public static let eventOnUcAddressChange = BitField(0x4, bit: 0)
    public static let vhcaIdType = BitField(0x8, bit: 31)
    public static let affiliationCriteria = BitField(0x8, 19, 16)
    public static let affiliatedVhcaId = BitField(0x8, 15, 0)
    public static let sdGroup = BitField(0x20, 30, 28)
    public static let mtu = BitField(0x24, 15, 0)
    /// Offset; 8 bytes.
    public static let systemImageGuid = 0x28
    /// Offset; 8 bytes.
    public static let portGuid = 0x30
    /// Offset; 8 bytes.
    public static let nodeGuid = 0x38
    public static let qkeyViolationCounter = BitField(0x68, 31, 16)
    public static let promiscUc = BitField(0xf0, bit: 31)
    public static let promiscMc = BitField(0xf0, bit: 30)
    public static let promiscAll = BitField(0xf0, bit: 29)
    public static let allowedListType = BitField(0xf0, 26, 24)
    public static let allowedListSize = BitField(0xf0, 11, 0)
    /// Offset; 8 bytes.
    public static let permanentAddress = 0xf4
    /// Offset of the list that ends the record.
    public static let currentUcMacAddress = 0x100
}
