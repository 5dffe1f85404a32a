/// Capabilities from offset 0x100 of configuration space (PCI Code and ID Assignment, 3).
public enum PCIExtendedCapabilityID: UInt16, CaseIterable, Sendable {
    case advancedErrorReporting = 0x0001
    case deviceSerialNumber = 0x0003
    case accessControlServices = 0x000d
    case alternativeRoutingID = 0x000e
    case addressTranslationServices = 0x000f
    case singleRootIOVirtualization = 0x0010
    case pageRequest = 0x0013
    case pasid = 0x001b
    case precisionTimeMeasurement = 0x001f
}
