/// Counters of a virtio queue, general object type 0x1c.
///
/// `virtio_q_counters` of the native interface, section 6.8.
public enum VirtioQCounters {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0x80

    /// Offset; 8 bytes.
    public static let modifyFieldSelect = 0x0
    /// Offset; 8 bytes.
    public static let receivedDesc = 0x10
    /// Offset; 8 bytes.
    public static let completedDesc = 0x18
    public static let errorCqes = BitField(word: 0x20)
    public static let badDescErrors = BitField(word: 0x24)
    public static let exceedMaxChain = BitField(word: 0x28)
    public static let invalidBuffer = BitField(word: 0x2c)
}
