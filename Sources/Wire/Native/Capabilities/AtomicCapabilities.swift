/// Atomic operation capabilities (type 3).
///
/// `atomic_caps` of the native interface, section 4.4.
public enum AtomicCapabilities {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0x100

    public static let atomicReq8BEndiannessMode = BitField(0x8, 31, 30)
    public static let supportedAtomicReq8BEndiannessMode1 = BitField(0x8, bit: 25)
    public static let atomicOperations = BitField(0x10, 15, 0)
    public static let atomicSizeQp = BitField(0x14, 15, 0)
    public static let atomicSizeDc = BitField(0x18, 15, 0)
}
