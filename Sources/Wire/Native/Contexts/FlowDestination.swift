/// One destination of a flow table entry.
///
/// Counters follow the destinations, 8 bytes each, the identifier in the first word.
///
/// `dest_format_struct` of the native interface, section 6.5.
public enum FlowDestination {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0x8

    public static let destinationType = BitField(0x0, 31, 24)
    public static let destinationId = BitField(0x0, 23, 0)
    public static let destinationEswitchOwnerVhcaIdValid = BitField(0x4, bit: 31)
    public static let packetReformat = BitField(0x4, bit: 30)
    public static let destinationTableType = BitField(0x4, 23, 16)
    public static let destinationEswitchOwnerVhcaId = BitField(0x4, 15, 0)
}
