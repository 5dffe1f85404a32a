/// vDPA emulation capabilities (type 0x13).
///
/// `virtio_emulation_cap` of the native interface, section 4.4.
public enum VirtioEmulationCapabilities {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0x100

    public static let descTunnelOffloadType = BitField(0x0, bit: 31)
    public static let ethFrameOffloadType = BitField(0x0, bit: 30)
    public static let virtioVersion1_0 = BitField(0x0, bit: 29)
    public static let deviceFeaturesBitsMask = BitField(0x0, 28, 16)
    public static let eventMode = BitField(0x0, 15, 8)
    public static let virtioQueueType = BitField(0x0, 7, 0)
    public static let maxTunnelDesc = BitField(0x4, 31, 16)
    public static let logDoorbellStride = BitField(0x4, 12, 8)
    public static let logDoorbellBarSize = BitField(0x4, 4, 0)
    /// Offset; 8 bytes.
    public static let doorbellBarOffset = 0x8
    public static let maxEmulatedDevices = BitField(0x10, 31, 24)
    public static let maxNumVirtioQueues = BitField(0x10, 23, 0)
    public static let descGroupMkeySupported = BitField(0x18, bit: 12)
    public static let freezeToRdySupported = BitField(0x18, bit: 11)
    public static let umem1BufferParamA = BitField(word: 0x20)
    public static let umem1BufferParamB = BitField(word: 0x24)
    public static let umem2BufferParamA = BitField(word: 0x28)
    public static let umem2BufferParamB = BitField(word: 0x2c)
    public static let umem3BufferParamA = BitField(word: 0x30)
    public static let umem3BufferParamB = BitField(word: 0x34)
}
