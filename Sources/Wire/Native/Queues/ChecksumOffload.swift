/// Checksums that a send entry asks for: `cs_flags` (native interface, section 5.1).
public struct ChecksumOffload: OptionSet, Sendable, BitwiseCopyable {
    public let rawValue: UInt8
    @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

    @inlinable public static var innerL3: ChecksumOffload { ChecksumOffload(rawValue: 0x10) }
    @inlinable public static var innerL4: ChecksumOffload { ChecksumOffload(rawValue: 0x20) }
    @inlinable public static var l3: ChecksumOffload { ChecksumOffload(rawValue: 0x40) }
    @inlinable public static var l4: ChecksumOffload { ChecksumOffload(rawValue: 0x80) }
}
