/// An address of the RoCE table (native interface, section 6.7).
public enum RoCEAddress {
    public static let byteCount = 0x20

    /// Offset; 16 bytes.
    public static let sourceL3Address = 0x0
    public static let vlanValid = BitField(0x10, bit: 28)
    public static let vlanId = BitField(0x10, 27, 16)
    public static let sourceMac47_32 = BitField(0x10, 15, 0)
    public static let sourceMac31_0 = BitField(word: 0x14)
    public static let roceL3Type = BitField(0x18, 11, 8)
    public static let roceVersion = BitField(0x18, 7, 0)
}
