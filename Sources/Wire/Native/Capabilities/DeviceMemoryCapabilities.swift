/// Device memory capabilities (type 0xf).
///
/// `device_mem_cap` of the native interface, section 4.4.
public enum DeviceMemoryCapabilities {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0x100

    public static let memic = BitField(0x0, bit: 31)
    public static let logMinMemicAllocSize = BitField(0x4, 20, 16)
    public static let logMaxMemicAddrAlignment = BitField(0x4, 7, 0)
    /// Offset; 8 bytes.
    public static let memicBarStartAddr = 0x8
    public static let memicBarSize = BitField(word: 0x10)
    public static let maxMemicSize = BitField(word: 0x14)
    /// Offset; 8 bytes.
    public static let steeringSwIcmStartAddress = 0x18
    public static let logHeaderModifySwIcmSize = BitField(0x20, 23, 16)
    public static let logSwIcmAllocGranularity = BitField(0x20, 13, 8)
    public static let logSteeringSwIcmSize = BitField(0x20, 7, 0)
    public static let logIndirectEncapSwIcmSize = BitField(0x24, 31, 24)
    public static let logHeaderModifyPatternSwIcmSize = BitField(0x24, 7, 0)
    /// Offset; 8 bytes.
    public static let headerModifySwIcmStartAddress = 0x28
    /// Offset; 8 bytes.
    public static let headerModifyPatternSwIcmStartAddress = 0x38
    public static let memicOperations = BitField(word: 0x40)
    /// Offset; 8 bytes.
    public static let indirectEncapSwIcmStartAddress = 0x48
}
