/// The first 64 bytes of an endpoint's configuration space: the type 0 header (PCI Express Base, 7.5.1.1 and 7.5.1.2).
public enum PCIHeader {
    /// Bytes of the header.
    public static let byteCount = 0x40
    /// Bytes of the space that every function has.
    public static let conventionalByteCount = 0x100
    /// Bytes of the space of a PCI Express function.
    public static let extendedByteCount = 0x1000

    public static let vendorID = PCIField(0x00, bytes: 2)
    public static let deviceID = PCIField(0x02, bytes: 2)

    public static let command = PCIField(0x04, bytes: 2)
    public static let ioSpaceEnable = PCIField(0x04, bytes: 2, bit: 0)
    public static let memorySpaceEnable = PCIField(0x04, bytes: 2, bit: 1)
    public static let busMasterEnable = PCIField(0x04, bytes: 2, bit: 2)
    public static let parityErrorResponse = PCIField(0x04, bytes: 2, bit: 6)
    public static let serrEnable = PCIField(0x04, bytes: 2, bit: 8)
    public static let interruptDisable = PCIField(0x04, bytes: 2, bit: 10)

    public static let status = PCIField(0x06, bytes: 2)
    public static let interruptStatus = PCIField(0x06, bytes: 2, bit: 3)
    public static let capabilitiesList = PCIField(0x06, bytes: 2, bit: 4)
    public static let masterDataParityError = PCIField(0x06, bytes: 2, bit: 8)
    public static let signaledTargetAbort = PCIField(0x06, bytes: 2, bit: 11)
    public static let receivedTargetAbort = PCIField(0x06, bytes: 2, bit: 12)
    public static let receivedMasterAbort = PCIField(0x06, bytes: 2, bit: 13)
    public static let signaledSystemError = PCIField(0x06, bytes: 2, bit: 14)
    public static let detectedParityError = PCIField(0x06, bytes: 2, bit: 15)

    public static let revisionID = PCIField(0x08, bytes: 1)
    /// Programming interface, subclass and base class, three bytes: bits 31 to 8 of the register at 0x08.
    public static let classCode = PCIField(0x08, bytes: 4, 31, 8)
    public static let cacheLineSize = PCIField(0x0c, bytes: 1)
    public static let latencyTimer = PCIField(0x0d, bytes: 1)
    public static let headerType = PCIField(0x0e, bytes: 1, 6, 0)
    public static let isMultiFunction = PCIField(0x0e, bytes: 1, bit: 7)
    public static let bist = PCIField(0x0f, bytes: 1)
    public static let cardbusCISPointer = PCIField(0x28, bytes: 4)
    public static let subsystemVendorID = PCIField(0x2c, bytes: 2)
    public static let subsystemID = PCIField(0x2e, bytes: 2)
    public static let expansionROM = PCIField(0x30, bytes: 4)
    public static let capabilitiesPointer = PCIField(0x34, bytes: 1)
    public static let interruptLine = PCIField(0x3c, bytes: 1)
    public static let interruptPin = PCIField(0x3d, bytes: 1)

    /// Base address registers of a type 0 header.
    public static let barCount = 6
    /// Base address register `index`, 0 to 5.
    public static func bar(_ index: Int) -> PCIField { PCIField(0x10 + 4 * index, bytes: 4) }

    /// `classCode` of an Ethernet controller.
    public static let ethernetClass: UInt32 = 0x02_0000
}
