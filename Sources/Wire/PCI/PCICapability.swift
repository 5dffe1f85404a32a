/// The words that start every capability (PCI Express Base, 7.5.3.1 and 7.6.3).
public enum PCICapability {
    /// A `PCICapabilityID`.
    public static let id = PCIField(0x0, bytes: 1)
    /// Offset of the next capability; zero in the last.
    public static let next = PCIField(0x1, bytes: 1)
    /// Where the list of extended capabilities starts.
    public static let extendedStart = 0x100
    /// A `PCIExtendedCapabilityID`.
    public static let extendedID = PCIField(0x0, bytes: 4, 15, 0)
    public static let extendedVersion = PCIField(0x0, bytes: 4, 19, 16)
    /// Offset of the next extended capability; zero in the last.
    public static let extendedNext = PCIField(0x0, bytes: 4, 31, 20)
}
