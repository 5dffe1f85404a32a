/// Port buffer management control: ten buffers of 8 bytes at `buffer`.
///
/// Register `PBMC` of the native interface, section 7.
public enum PBMC {
    public static let byteCount = 0x6c

    public static let localPort = BitField(0x0, 23, 16)
    public static let xoffTimerValue = BitField(0x4, 31, 16)
    public static let xoffRefresh = BitField(0x4, 15, 0)
    public static let fullnessThreshold = BitField(0x8, 22, 16)
    public static let portBufferSize = BitField(0x8, 15, 0)
    /// Offset; 80 bytes.
    public static let buffer = 0xc
}
