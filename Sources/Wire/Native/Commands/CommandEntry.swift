/// One entry of the command queue, 64 bytes (native interface, section 2.1).
public enum CommandEntry {
    public static let byteCount = 0x40
    /// Bytes of a command's input, and of its output, that lie in the entry itself.
    public static let inlineByteCount = 16
    /// The only `type`: commands over PCI Express.
    public static let pcieTransport: UInt32 = 7

    public static let type = BitField(0x0, 31, 24)
    /// Bytes of the whole input, those in the entry included.
    public static let inputLength = BitField(word: 0x4)
    /// Offset; 8 bytes: address of the first input block; the low nine bits are zero.
    public static let inputMailbox = 0x8
    /// Offset; the first 16 bytes of the input.
    public static let input = 0x10
    /// Offset; the first 16 bytes of the output.
    public static let output = 0x20
    /// Offset; 8 bytes: address of the first output block; the low nine bits are zero.
    public static let outputMailbox = 0x30
    /// Bytes of the whole output, those in the entry included.
    public static let outputLength = BitField(word: 0x38)
    public static let token = BitField(0x3c, 31, 24)
    public static let signature = BitField(0x3c, 23, 16)
    /// A `DeliveryStatus`.
    public static let deliveryStatus = BitField(0x3c, 7, 1)
    /// One while the entry is the device's, zero when it is software's.
    public static let ownership = BitField(0x3c, bit: 0)
}
