/// Port capabilities.
///
/// Register `PCAP` of the native interface, section 7.
public enum PCAP {
    public static let byteCount = 0x14

    public static let localPort = BitField(0x0, 23, 16)
    /// Offset; 16 bytes.
    public static let portCapabilityMask = 0x4
}
