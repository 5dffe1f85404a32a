/// Match set for layers 2 to 4, the same for outer and inner headers.
///
/// `fte_match_set_lyr_2_4` of the native interface, section 6.5.
public enum MatchLayer24 {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0x40

    public static let smac47_16 = BitField(word: 0x0)
    public static let smac15_0 = BitField(0x4, 31, 16)
    public static let ethertype = BitField(0x4, 15, 0)
    public static let dmac47_16 = BitField(word: 0x8)
    public static let dmac15_0 = BitField(0xc, 31, 16)
    public static let firstPrio = BitField(0xc, 15, 13)
    public static let firstCfi = BitField(0xc, bit: 12)
    public static let firstVid = BitField(0xc, 11, 0)
    public static let ipProtocol = BitField(0x10, 31, 24)
    public static let ipDscp = BitField(0x10, 23, 18)
    public static let ipEcn = BitField(0x10, 17, 16)
    public static let cvlanTag = BitField(0x10, bit: 15)
    public static let svlanTag = BitField(0x10, bit: 14)
    public static let frag = BitField(0x10, bit: 13)
    public static let ipVersion = BitField(0x10, 12, 9)
    public static let tcpFlags = BitField(0x10, 8, 0)
    public static let tcpSport = BitField(0x14, 31, 16)
    public static let tcpDport = BitField(0x14, 15, 0)
    public static let l4Type = BitField(0x18, 31, 30)
    public static let ipv4Ihl = BitField(0x18, 15, 12)
    public static let ttlHoplimit = BitField(0x18, 7, 0)
    public static let udpSport = BitField(0x1c, 31, 16)
    public static let udpDport = BitField(0x1c, 15, 0)
    /// Offset of the source address: 16 bytes, IPv4 in the last four.
    public static let sourceAddress = 0x20
    /// Offset of the destination address: 16 bytes, IPv4 in the last four.
    public static let destinationAddress = 0x30
    /// The IPv4 source address.
    public static let sourceIPv4 = BitField(word: 0x2c)
    /// The IPv4 destination address.
    public static let destinationIPv4 = BitField(word: 0x3c)
}
