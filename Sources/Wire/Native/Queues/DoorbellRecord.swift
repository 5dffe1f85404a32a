/// Eight bytes in host memory where the driver tells how far it has come (native interface, sections 5.1, 5.2, 5.4).
public enum DoorbellRecord {
    public static let byteCount = 8

    /// Offset; 4 bytes: receive work queue entries posted.
    public static let receiveCounter = 0
    /// Offset; 4 bytes: blocks of 64 bytes posted to the send queue.
    public static let sendCounter = 4
    /// Offset; 4 bytes, [23:0]: completions consumed.
    public static let cqConsumerIndex = 0
    /// Offset; 4 bytes: the first word of the last `CQDoorbell`.
    public static let cqArm = 4
}
