/// A virtio queue inside its general object.
///
/// `virtio_q` of the native interface, section 6.8.
public enum VirtioQContext {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0x80

    public static let virtioQType = BitField(0x0, 31, 24)
    public static let eventMode = BitField(0x0, 18, 16)
    public static let queueIndex = BitField(0x0, 15, 0)
    public static let fullEmulation = BitField(0x4, bit: 31)
    public static let virtioVersion1_0 = BitField(0x4, bit: 30)
    public static let offloadType = BitField(0x4, 27, 24)
    public static let eventQpnOrMsix = BitField(0x4, 23, 0)
    public static let doorbellStrideIndex = BitField(0x8, 31, 16)
    public static let queueSize = BitField(0x8, 15, 0)
    public static let deviceEmulationId = BitField(word: 0xc)
    /// Offset; 8 bytes.
    public static let descAddr = 0x10
    /// Offset; 8 bytes.
    public static let usedAddr = 0x18
    /// Offset; 8 bytes.
    public static let availableAddr = 0x20
    public static let virtioQMkey = BitField(word: 0x28)
    public static let maxTunnelDesc = BitField(0x2c, 31, 16)
    public static let errorType = BitField(0x2c, 7, 0)
    public static let umem1Id = BitField(word: 0x30)
    public static let umem1Size = BitField(word: 0x34)
    /// Offset; 8 bytes.
    public static let umem1Offset = 0x38
    public static let umem2Id = BitField(word: 0x40)
    public static let umem2Size = BitField(word: 0x44)
    /// Offset; 8 bytes.
    public static let umem2Offset = 0x48
    public static let umem3Id = BitField(word: 0x50)
    public static let umem3Size = BitField(word: 0x54)
    /// Offset; 8 bytes.
    public static let umem3Offset = 0x58
    public static let counterSetId = BitField(word: 0x60)
    public static let pd = BitField(0x64, 23, 0)
    public static let descGroupMkey = BitField(word: 0x6c)
}
