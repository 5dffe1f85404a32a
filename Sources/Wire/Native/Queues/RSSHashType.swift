/// What a received frame's hash covers: bits [3:2] the network header, [7:6] the transport header.
///
/// Native interface, section 5.3, offset 0x10 [31:24].
public struct RSSHashType: RawRepresentable, Sendable, BitwiseCopyable, Hashable {
    /// Network header the hash covers.
    public enum Network: UInt8, Sendable, BitwiseCopyable { case none = 0, ipv4 = 1, ipv6 = 2 }
    /// Transport header the hash covers.
    public enum Transport: UInt8, Sendable, BitwiseCopyable { case none = 0, tcp = 1, udp = 2, ipsecSPI = 3 }

    public let rawValue: UInt8
    @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }
    @inlinable public init(_ network: Network, _ transport: Transport = .none) {
        rawValue = network.rawValue << 2 | transport.rawValue << 6
    }

    /// The frame was not hashed.
    @inlinable public static var none: RSSHashType { RSSHashType(rawValue: 0) }
    /// `none` for the value that is not assigned.
    @inlinable public var network: Network { Network(rawValue: rawValue >> 2 & 3) ?? .none }
    @inlinable public var transport: Transport { Transport(rawValue: rawValue >> 6) ?? .none }
}
