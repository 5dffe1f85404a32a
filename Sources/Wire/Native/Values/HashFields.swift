/// Fields that enter the receive hash: `selected_fields` (native interface, section 6.3).
public struct HashFields: OptionSet, Sendable, BitwiseCopyable {
    public let rawValue: UInt32
    @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }

    public static let sourceIP = HashFields(rawValue: 1 << 0)
    public static let destinationIP = HashFields(rawValue: 1 << 1)
    public static let l4SourcePort = HashFields(rawValue: 1 << 2)
    public static let l4DestinationPort = HashFields(rawValue: 1 << 3)
    public static let ipsecSPI = HashFields(rawValue: 1 << 4)
}
