/// PCI Express capability, version 2, 60 bytes (PCI Express Base, 7.5.3).
///
/// Slot and root registers read as zero.
public enum PCIExpressCapability {
    public static let byteCount = 0x3c

    public static let capabilities = PCIField(0x02, bytes: 2)
    public static let version = PCIField(0x02, bytes: 2, 3, 0)
    /// 0 for an endpoint.
    public static let devicePortType = PCIField(0x02, bytes: 2, 7, 4)
    public static let interruptMessageNumber = PCIField(0x02, bytes: 2, 13, 9)

    // Device capabilities.
    public static let deviceCapabilities = PCIField(0x04, bytes: 4)
    /// A `PayloadSize`.
    public static let maxPayloadSizeSupported = PCIField(0x04, bytes: 4, 2, 0)
    public static let phantomFunctionsSupported = PCIField(0x04, bytes: 4, 4, 3)
    public static let extendedTagSupported = PCIField(0x04, bytes: 4, bit: 5)
    public static let l0sAcceptableLatency = PCIField(0x04, bytes: 4, 8, 6)
    public static let l1AcceptableLatency = PCIField(0x04, bytes: 4, 11, 9)
    public static let roleBasedErrorReporting = PCIField(0x04, bytes: 4, bit: 15)
    public static let slotPowerLimitValue = PCIField(0x04, bytes: 4, 25, 18)
    public static let slotPowerLimitScale = PCIField(0x04, bytes: 4, 27, 26)
    public static let functionLevelReset = PCIField(0x04, bytes: 4, bit: 28)

    // Device control.
    public static let deviceControl = PCIField(0x08, bytes: 2)
    public static let correctableErrorReporting = PCIField(0x08, bytes: 2, bit: 0)
    public static let nonFatalErrorReporting = PCIField(0x08, bytes: 2, bit: 1)
    public static let fatalErrorReporting = PCIField(0x08, bytes: 2, bit: 2)
    public static let unsupportedRequestReporting = PCIField(0x08, bytes: 2, bit: 3)
    public static let relaxedOrderingEnable = PCIField(0x08, bytes: 2, bit: 4)
    /// A `PayloadSize`.
    public static let maxPayloadSize = PCIField(0x08, bytes: 2, 7, 5)
    public static let extendedTagEnable = PCIField(0x08, bytes: 2, bit: 8)
    public static let phantomFunctionsEnable = PCIField(0x08, bytes: 2, bit: 9)
    public static let auxPowerEnable = PCIField(0x08, bytes: 2, bit: 10)
    public static let noSnoopEnable = PCIField(0x08, bytes: 2, bit: 11)
    /// A `PayloadSize`.
    public static let maxReadRequestSize = PCIField(0x08, bytes: 2, 14, 12)
    /// Written as one to reset the function; reads as zero.
    public static let initiateFunctionLevelReset = PCIField(0x08, bytes: 2, bit: 15)

    // Device status.
    public static let deviceStatus = PCIField(0x0a, bytes: 2)
    public static let correctableErrorDetected = PCIField(0x0a, bytes: 2, bit: 0)
    public static let nonFatalErrorDetected = PCIField(0x0a, bytes: 2, bit: 1)
    public static let fatalErrorDetected = PCIField(0x0a, bytes: 2, bit: 2)
    public static let unsupportedRequestDetected = PCIField(0x0a, bytes: 2, bit: 3)
    public static let transactionsPending = PCIField(0x0a, bytes: 2, bit: 5)

    // Link capabilities.
    public static let linkCapabilities = PCIField(0x0c, bytes: 4)
    /// A `PCILinkSpeed`.
    public static let maxLinkSpeed = PCIField(0x0c, bytes: 4, 3, 0)
    /// Lanes.
    public static let maxLinkWidth = PCIField(0x0c, bytes: 4, 9, 4)
    public static let aspmSupport = PCIField(0x0c, bytes: 4, 11, 10)
    public static let l0sExitLatency = PCIField(0x0c, bytes: 4, 14, 12)
    public static let l1ExitLatency = PCIField(0x0c, bytes: 4, 17, 15)
    public static let clockPowerManagement = PCIField(0x0c, bytes: 4, bit: 18)
    public static let portNumber = PCIField(0x0c, bytes: 4, 31, 24)

    // Link control and status.
    public static let linkControl = PCIField(0x10, bytes: 2)
    public static let aspmControl = PCIField(0x10, bytes: 2, 1, 0)
    /// 0 for 64 bytes, 1 for 128.
    public static let readCompletionBoundary = PCIField(0x10, bytes: 2, bit: 3)
    public static let commonClock = PCIField(0x10, bytes: 2, bit: 6)
    public static let linkStatus = PCIField(0x12, bytes: 2)
    /// A `PCILinkSpeed`.
    public static let currentLinkSpeed = PCIField(0x12, bytes: 2, 3, 0)
    /// Lanes.
    public static let negotiatedLinkWidth = PCIField(0x12, bytes: 2, 9, 4)
    public static let slotClock = PCIField(0x12, bytes: 2, bit: 12)

    // Second set of device registers.
    public static let deviceCapabilities2 = PCIField(0x24, bytes: 4)
    public static let completionTimeoutRanges = PCIField(0x24, bytes: 4, 3, 0)
    public static let completionTimeoutDisableSupported = PCIField(0x24, bytes: 4, bit: 4)
    public static let atomic32Supported = PCIField(0x24, bytes: 4, bit: 7)
    public static let atomic64Supported = PCIField(0x24, bytes: 4, bit: 8)
    public static let tag10BitCompleterSupported = PCIField(0x24, bytes: 4, bit: 16)
    public static let tag10BitRequesterSupported = PCIField(0x24, bytes: 4, bit: 17)
    public static let deviceControl2 = PCIField(0x28, bytes: 2)
    public static let completionTimeout = PCIField(0x28, bytes: 2, 3, 0)
    public static let completionTimeoutDisable = PCIField(0x28, bytes: 2, bit: 4)
    public static let atomicRequesterEnable = PCIField(0x28, bytes: 2, bit: 6)
    public static let tag10BitRequesterEnable = PCIField(0x28, bytes: 2, bit: 12)

    // Second set of link registers.
    /// Bit n - 1 is set for the `PCILinkSpeed` whose raw value is n.
    public static let supportedLinkSpeeds = PCIField(0x2c, bytes: 4, 7, 1)
    public static let targetLinkSpeed = PCIField(0x30, bytes: 2, 3, 0)
    public static let linkStatus2 = PCIField(0x32, bytes: 2)
}
