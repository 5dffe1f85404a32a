/// Receive memory pool context; the work queue context is at `wq`.
///
/// `rmpc` of the native interface, section 6.2.
public enum RMPContext {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0xf0

    public static let state = BitField(0x0, 23, 20)
    public static let basicCyclicRcvWqe = BitField(0x4, bit: 31)
    /// Offset; 192 bytes.
    public static let wq = 0x30
}
