/// MSI-X capability, 12 bytes (PCI Express Base, 7.7.2).
public enum MSIXCapability {
    public static let byteCount = 12

    public static let messageControl = PCIField(0x2, bytes: 2)
    /// Table entries minus one.
    public static let tableSize = PCIField(0x2, bytes: 2, 10, 0)
    public static let functionMask = PCIField(0x2, bytes: 2, bit: 14)
    public static let enable = PCIField(0x2, bytes: 2, bit: 15)
    /// Number of the base address register that holds the table.
    public static let tableBIR = PCIField(0x4, bytes: 4, 2, 0)
    /// Offset of the table in that region, in units of 8 bytes.
    public static let tableOffset = PCIField(0x4, bytes: 4, 31, 3)
    /// Number of the base address register that holds the pending bits.
    public static let pbaBIR = PCIField(0x8, bytes: 4, 2, 0)
    /// Offset of the pending bits in that region, in units of 8 bytes.
    public static let pbaOffset = PCIField(0x8, bytes: 4, 31, 3)
}
