/// Single root I/O virtualization, an extended capability of 64 bytes (PCI Express Base, 9.3.3).
public enum SRIOVCapability {
    public static let byteCount = 0x40

    public static let capabilities = PCIField(0x04, bytes: 4)
    public static let control = PCIField(0x08, bytes: 2)
    public static let vfEnable = PCIField(0x08, bytes: 2, bit: 0)
    public static let vfMemorySpaceEnable = PCIField(0x08, bytes: 2, bit: 3)
    public static let ariCapableHierarchy = PCIField(0x08, bytes: 2, bit: 4)
    public static let status = PCIField(0x0a, bytes: 2)
    public static let initialVFs = PCIField(0x0c, bytes: 2)
    public static let totalVFs = PCIField(0x0e, bytes: 2)
    public static let vfCount = PCIField(0x10, bytes: 2)
    public static let functionDependencyLink = PCIField(0x12, bytes: 1)
    public static let firstVFOffset = PCIField(0x14, bytes: 2)
    public static let vfStride = PCIField(0x16, bytes: 2)
    public static let vfDeviceID = PCIField(0x1a, bytes: 2)
    /// Bit n: pages of 2^(n + 12) bytes.
    public static let supportedPageSizes = PCIField(0x1c, bytes: 4)
    public static let systemPageSize = PCIField(0x20, bytes: 4)

    /// Base address register `index`, 0 to 5, of all virtual functions together.
    public static func vfBAR(_ index: Int) -> PCIField { PCIField(0x24 + 4 * index, bytes: 4) }
}
