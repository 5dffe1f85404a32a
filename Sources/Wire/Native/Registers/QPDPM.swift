/// DSCP to priority: 64 entries of 16 bits, bit 15 enables, [3:0] is the priority.
///
/// Register `QPDPM` of the native interface, section 7.
public enum QPDPM {
    public static let byteCount = 0x84

    public static let localPort = BitField(0x0, 23, 16)
    /// Offset; 128 bytes.
    public static let dscp = 0x4
}
