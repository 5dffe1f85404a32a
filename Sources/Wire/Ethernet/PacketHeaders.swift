/// Where a packet's headers lie and what they say: the result of parsing it once.
///
/// Offsets count from the start of the buffer that was parsed. A malformed packet stops the parser, which then tells
/// what it knew: see `issue`. Nothing outside the buffer is read, and no packet takes more than a bounded time.
@frozen public struct PacketHeaders: Sendable, BitwiseCopyable, Equatable {
    /// The network header that was found.
    @frozen public enum Network: UInt8, Sendable, BitwiseCopyable { case none, ipv4, ipv6 }

    /// The header after the network header; `other` for protocols the parser does not open.
    @frozen public enum Transport: UInt8, Sendable, BitwiseCopyable {
        case none, tcp, udp, icmp, icmpv6, esp, ah, other
    }

    /// Why the parser stopped early.
    @frozen public enum Issue: UInt8, Sendable, BitwiseCopyable {
        case none
        /// The buffer ends within the Ethernet header or its VLAN tags.
        case truncatedEthernet
        /// More than three VLAN tags.
        case tooManyVLANTags
        /// The buffer ends within the network header or its extensions.
        case truncatedNetwork
        /// The version does not fit the type of the Ethernet header.
        case badVersion
        /// The header's length is less than the least, or the packet's length less than that of its header.
        case badNetworkLength
        /// The network header tells of more bytes than there are. The transport header is parsed all the same.
        case truncatedPacket
        /// More IPv6 extension headers than the parser follows.
        case tooManyExtensions
        /// The packet ends within the transport header.
        case truncatedTransport
        /// The transport header's length is less than the least.
        case badTransportLength
    }

    /// Whether the lengths in IP headers are believed.
    @frozen public enum Lengths: Sendable {
        case checked
        /// The packet reaches to the end of the buffer: for headers whose lengths the device fills in (large sends).
        case ignored
    }

    /// VLAN tags that are opened.
    @inlinable public static var maximumVLANCount: Int { 3 }
    /// IPv6 extension headers that are followed.
    @inlinable public static var maximumExtensionCount: Int { 8 }

    public var issue = Issue.none
    public var network = Network.none
    public var transport = Transport.none
    /// VLAN tags found, 0 to 3.
    @usableFromInline var vlanCountStorage: UInt8 = 0
    /// Type of what follows the VLAN tags.
    public var etherType = EtherType(rawValue: 0)

    @usableFromInline var firstTag = VLANTag(type: EtherType(rawValue: 0), tci: 0)
    @usableFromInline var secondTag = VLANTag(type: EtherType(rawValue: 0), tci: 0)
    @usableFromInline var thirdTag = VLANTag(type: EtherType(rawValue: 0), tci: 0)

    @usableFromInline var l2: UInt32 = 0
    @usableFromInline var l3: UInt32 = 0
    @usableFromInline var l3EndStorage: UInt32 = 0
    @usableFromInline var l4: UInt32 = 0
    @usableFromInline var payload: UInt32 = 0

    /// Protocol after the network header and its extensions.
    public var ipProtocol = IPProtocol(rawValue: 0)
    /// Type of service of IPv4, traffic class of IPv6.
    public var trafficClass: UInt8 = 0
    /// Time to live of IPv4, hop limit of IPv6.
    public var hopLimit: UInt8 = 0
    /// The packet is a fragment: it has more to follow or does not start the datagram.
    public var isFragment = false
    /// Where a fragment's data belongs in the datagram, in bytes.
    ///
    /// The transport header is in the fragment at zero.
    public var fragmentOffset: UInt16 = 0

    /// Of TCP and UDP; otherwise zero.
    public var sourcePort: UInt16 = 0
    /// Of TCP and UDP; otherwise zero.
    public var destinationPort: UInt16 = 0
    /// Of TCP; otherwise empty.
    public var tcpFlags = TCPFlags(rawValue: 0)

    @usableFromInline init() {}
}
