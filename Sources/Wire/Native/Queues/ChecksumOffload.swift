/// Checksums that a send entry asks for: `cs_flags` (native interface, section 5.1).
public struct ChecksumOffload: OptionSet, Sendable, BitwiseCopyable {
    public let rawValue: UInt8
    @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let innerL3 = ChecksumOffload(rawValue: 0x10)
    public static let innerL4 = ChecksumOffload(rawValue: 0x20)
    public static let l3 = ChecksumOffload(rawValue: 0x40)
    public static let l4 = ChecksumOffload(rawValue: 0x80)
}
