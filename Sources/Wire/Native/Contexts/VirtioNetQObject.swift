/// Virtio network queue, general object type 0xd; the queue itself is at `virtioQContext`.
///
/// `virtio_net_q_object` of the native interface, section 6.8.
public enum VirtioNetQObject {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0xc0

    /// Offset; 8 bytes.
    public static let modifyFieldSelect = 0x0
    public static let vhcaId = BitField(0xc, 31, 16)
    public static let queueFeatureBitMask12_3 = BitField(0x10, 31, 22)
    public static let dirtyBitmapDumpEnable = BitField(0x10, bit: 21)
    public static let vhostLogPage = BitField(0x10, 20, 16)
    public static let state = BitField(0x10, 3, 0)
    public static let queueFeatureBitMask2_0 = BitField(0x14, 26, 24)
    public static let tisnOrQpn = BitField(0x14, 23, 0)
    public static let dirtyBitmapMkey = BitField(word: 0x18)
    public static let dirtyBitmapSize = BitField(word: 0x1c)
    /// Offset; 8 bytes.
    public static let dirtyBitmapAddr = 0x20
    public static let hwAvailableIndex = BitField(0x28, 31, 16)
    public static let hwUsedIndex = BitField(0x28, 15, 0)
    /// Offset; 128 bytes.
    public static let virtioQContext = 0x40
}
