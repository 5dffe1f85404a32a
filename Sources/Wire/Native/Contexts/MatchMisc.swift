/// Match set for the source vport, second VLAN tags and tunnels.
///
/// `fte_match_set_misc` of the native interface, section 6.5.
public enum MatchMisc {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0x40

    public static let greCPresent = BitField(0x0, bit: 31)
    public static let greKPresent = BitField(0x0, bit: 29)
    public static let greSPresent = BitField(0x0, bit: 28)
    public static let sourceVhcaPort = BitField(0x0, 27, 24)
    public static let sourceSqn = BitField(0x0, 23, 0)
    public static let sourceEswitchOwnerVhcaId = BitField(0x4, 31, 16)
    public static let sourcePort = BitField(0x4, 15, 0)
    public static let outerSecondPrio = BitField(0x8, 31, 29)
    public static let outerSecondCfi = BitField(0x8, bit: 28)
    public static let outerSecondVid = BitField(0x8, 27, 16)
    public static let innerSecondPrio = BitField(0x8, 15, 13)
    public static let innerSecondCfi = BitField(0x8, bit: 12)
    public static let innerSecondVid = BitField(0x8, 11, 0)
    public static let outerSecondCvlanTag = BitField(0xc, bit: 31)
    public static let innerSecondCvlanTag = BitField(0xc, bit: 30)
    public static let outerSecondSvlanTag = BitField(0xc, bit: 29)
    public static let innerSecondSvlanTag = BitField(0xc, bit: 28)
    public static let greProtocol = BitField(0xc, 15, 0)
    public static let greKeyNvgreHi = BitField(0x10, 31, 8)
    public static let greKeyNvgreLo = BitField(0x10, 7, 0)
    public static let greKeyKey = BitField(word: 0x10)
    public static let vxlanVni = BitField(0x14, 31, 8)
    public static let bthOpcode = BitField(0x14, 7, 0)
    public static let geneveVni = BitField(0x18, 31, 8)
    public static let geneveTlvOption0Exist = BitField(0x18, bit: 1)
    public static let geneveOam = BitField(0x18, bit: 0)
    public static let outerIpv6FlowLabel = BitField(0x1c, 19, 0)
    public static let innerIpv6FlowLabel = BitField(0x20, 19, 0)
    public static let geneveOptLen = BitField(0x24, 21, 16)
    public static let geneveProtocolType = BitField(0x24, 15, 0)
    public static let bthDstQp = BitField(0x28, 23, 0)
    public static let innerEspSpi = BitField(word: 0x2c)
    public static let outerEspSpi = BitField(word: 0x30)
}
