/// PCI power management capability, 8 bytes (PCI Express Base, 7.5.2).
public enum PowerManagementCapability {
    public static let byteCount = 8

    public static let capabilities = PCIField(0x2, bytes: 2)
    /// 3 for revision 1.2 of the power management specification.
    public static let version = PCIField(0x2, bytes: 2, 2, 0)
    public static let d1Support = PCIField(0x2, bytes: 2, bit: 9)
    public static let d2Support = PCIField(0x2, bytes: 2, bit: 10)
    public static let pmeSupport = PCIField(0x2, bytes: 2, 15, 11)
    public static let controlStatus = PCIField(0x4, bytes: 2)
    /// 0 to 3 for D0 to D3hot.
    public static let powerState = PCIField(0x4, bytes: 2, 1, 0)
    public static let noSoftReset = PCIField(0x4, bytes: 2, bit: 3)
    public static let pmeEnable = PCIField(0x4, bytes: 2, bit: 8)
    public static let pmeStatus = PCIField(0x4, bytes: 2, bit: 15)
}
