/// One block of a command's input or output beyond the inline bytes (native interface, section 2.2).
public enum Mailbox {
    public static let byteCount = 0x240
    /// Blocks lie on multiples of this many bytes.
    public static let alignment = 0x400
    /// Bytes of the command that one block carries, at its start.
    public static let dataByteCount = 512
    /// Offset; 8 bytes: address of the next block, zero in the last.
    public static let nextPointer = 0x230
    public static let blockNumber = BitField(word: 0x238)
    /// Equal to the entry's token.
    public static let token = BitField(0x23c, 23, 16)
    public static let controlSignature = BitField(0x23c, 15, 8)
    public static let signature = BitField(0x23c, 7, 0)
    /// Offset of the first byte under `controlSignature`.
    public static let control = 0x230

    /// Blocks that `byteCount` bytes of input or output need beside those in the entry.
    @inlinable public static func blockCount(forByteCount byteCount: Int) -> Int {
        byteCount <= CommandEntry.inlineByteCount
            ? 0 : (byteCount - CommandEntry.inlineByteCount + dataByteCount - 1) / dataByteCount
    }
}
