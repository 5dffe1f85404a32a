/// Encoding of payload and read request sizes (PCI Express Base, 7.5.3.3 and 7.5.3.4).
public enum PayloadSize: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    case bytes128 = 0
    case bytes256 = 1
    case bytes512 = 2
    case bytes1024 = 3
    case bytes2048 = 4
    case bytes4096 = 5

    /// The size in bytes.
    @inlinable public var byteCount: Int { 128 << Int(rawValue) }
}
