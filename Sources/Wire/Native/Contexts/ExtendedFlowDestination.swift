/// One destination of an entry whose `extendedDestination` is set.
///
/// `extended_dest_format` of the native interface, section 6.5.
public enum ExtendedFlowDestination {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0x10

    /// Offset; 8 bytes.
    public static let destinationEntry = 0x0
    public static let packetReformatId = BitField(word: 0x8)
}
