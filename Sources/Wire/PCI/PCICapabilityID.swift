/// Capabilities in the first 256 bytes of configuration space (PCI Code and ID Assignment, 2).
public enum PCICapabilityID: UInt8, CaseIterable, Sendable {
    case powerManagement = 0x01
    case vitalProductData = 0x03
    case msi = 0x05
    case vendorSpecific = 0x09
    case pciExpress = 0x10
    case msix = 0x11
}
