/// One header modification, 8 bytes, of `ALLOC_MODIFY_HEADER_CONTEXT` (native interface, section 6.5).
public enum HeaderAction {
    public static let byteCount = 8

    /// A `HeaderActionType`.
    public static let actionType = BitField(0x0, 31, 28)
    /// Of set and add, the `HeaderField` that changes; of copy, the one that is read.
    public static let field = BitField(0x0, 27, 16)
    /// Of set and copy, the lowest bit in `field`.
    public static let offset = BitField(0x0, 12, 8)
    /// Of set and copy, the number of bits; 0 for 32.
    public static let length = BitField(0x0, 4, 0)
    /// Of set and add.
    public static let data = BitField(word: 0x4)
    /// Of copy, the `HeaderField` that changes.
    public static let destinationField = BitField(0x4, 27, 16)
    /// Of copy, the lowest bit in `destinationField`.
    public static let destinationOffset = BitField(0x4, 12, 8)
}
