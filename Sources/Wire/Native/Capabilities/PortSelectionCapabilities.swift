/// Port selection capabilities (type 0x25).
///
/// `port_selection_cap` of the native interface, section 4.4.
public enum PortSelectionCapabilities {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0x1000

    public static let portSelectFlowTable = BitField(0x0, bit: 15)
    public static let portSelectFlowTableBypass = BitField(0x0, bit: 13)
    /// Offset; 64 bytes.
    public static let flowTablePropertiesPortSelection = 0x40
    /// Offset; 16 bytes.
    public static let ftFieldSupport2PortSelection = 0x80
}
