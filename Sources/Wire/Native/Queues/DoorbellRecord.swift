/// Eight bytes in host memory where the driver tells how far it has come (native interface, sections 5.1, 5.2, 5.4).
public enum DoorbellRecord {
    @inlinable public static var byteCount: Int { 8 }

    /// Offset; 4 bytes: receive work queue entries posted.
    @inlinable public static var receiveCounter: Int { 0 }
    /// Offset; 4 bytes: blocks of 64 bytes posted to the send queue.
    @inlinable public static var sendCounter: Int { 4 }
    /// Offset; 4 bytes, [23:0]: completions consumed.
    @inlinable public static var cqConsumerIndex: Int { 0 }
    /// Offset; 4 bytes: the first word of the last `CQDoorbell`.
    @inlinable public static var cqArm: Int { 4 }
}
