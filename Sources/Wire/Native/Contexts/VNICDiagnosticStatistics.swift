/// Diagnostic counters of a vNIC: `QUERY_VNIC_ENV` (native interface, section 6.10).
public enum VNICDiagnosticStatistics {
    public static let byteCount = 0x200

    public static let counterErrorQueues = BitField(word: 0x0)
    public static let totalErrorQueues = BitField(word: 0x4)
    public static let sendQueuePriorityUpdateFlow = BitField(word: 0x8)
    /// Offset; 8 bytes.
    public static let nicReceiveSteeringDiscard = 0x10
    /// Offset; 8 bytes.
    public static let receiveDiscardVportDown = 0x18
    /// Offset; 8 bytes.
    public static let transmitDiscardVportDown = 0x20
    public static let asyncEqOverrun = BitField(word: 0x28)
    public static let compEqOverrun = BitField(word: 0x2c)
    public static let invalidCommand = BitField(word: 0x34)
    public static let quotaExceededCommand = BitField(word: 0x38)
    public static let internalRqOutOfBuffer = BitField(word: 0x3c)
    public static let cqOverrun = BitField(word: 0x40)
    public static let ethWqeTooSmall = BitField(word: 0x44)
    /// Offset; 8 bytes.
    public static let generatedPktSteeringFail = 0x60
    /// Offset; 8 bytes.
    public static let handledPktSteeringFail = 0x68
}
