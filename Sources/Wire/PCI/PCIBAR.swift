/// Low bits of a base address register (PCI Express Base, 7.5.1.2.1).
public struct PCIBAR: OptionSet, Sendable, BitwiseCopyable {
    public let rawValue: UInt32
    @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }

    public static let isIO = PCIBAR(rawValue: 1 << 0)
    /// The next register holds the address's upper half.
    public static let is64Bit = PCIBAR(rawValue: 2 << 1)
    public static let isPrefetchable = PCIBAR(rawValue: 1 << 3)

    /// The bits of a memory register that are not address.
    public static let memoryFlags: UInt32 = 0xf

    /// What a 64-bit memory register pair reads after all ones were written: `byteCount` is a power of two.
    public static func sizingMask(byteCount: UInt64, flags: PCIBAR) -> UInt64 {
        precondition(byteCount >= 16 && byteCount & (byteCount - 1) == 0, "a BAR's size is a power of two")
        return ~(byteCount - 1) | UInt64(flags.rawValue)
    }
}
