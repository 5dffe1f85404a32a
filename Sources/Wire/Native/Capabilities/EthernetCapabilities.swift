/// Ethernet offload capabilities (type 1).
///
/// `per_protocol_networking_offload_caps` of the native interface, section 4.2.
public enum EthernetCapabilities {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0x100

    public static let csumCap = BitField(0x0, bit: 31)
    public static let vlanCap = BitField(0x0, bit: 30)
    public static let lroCap = BitField(0x0, bit: 29)
    public static let lroPshFlag = BitField(0x0, bit: 28)
    public static let lroTimeStamp = BitField(0x0, bit: 27)
    public static let wqeVlanInsert = BitField(0x0, bit: 24)
    public static let selfLbEnModifiable = BitField(0x0, bit: 23)
    public static let maxLsoCap = BitField(0x0, 20, 16)
    public static let multiPktSendWqe = BitField(0x0, 15, 14)
    public static let wqeInlineMode = BitField(0x0, 13, 12)
    public static let rssIndTblCap = BitField(0x0, 11, 8)
    public static let regUmrSq = BitField(0x0, bit: 7)
    public static let scatterFcs = BitField(0x0, bit: 6)
    public static let enhancedMultiPktSendWqe = BitField(0x0, bit: 5)
    public static let tunnelLsoConstOutIpId = BitField(0x0, bit: 4)
    public static let tunnelLroGre = BitField(0x0, bit: 3)
    public static let tunnelLroVxlan = BitField(0x0, bit: 2)
    public static let tunnelStatelessGre = BitField(0x0, bit: 1)
    public static let tunnelStatelessVxlan = BitField(0x0, bit: 0)
    public static let swp = BitField(0x4, bit: 31)
    public static let swpCsum = BitField(0x4, bit: 30)
    public static let swpLso = BitField(0x4, bit: 29)
    public static let cqeChecksumFull = BitField(0x4, bit: 28)
    public static let tunnelStatelessGeneveTx = BitField(0x4, bit: 27)
    public static let tunnelStatelessMplsOverUdp = BitField(0x4, bit: 26)
    public static let tunnelStatelessMplsOverGre = BitField(0x4, bit: 25)
    public static let tunnelStatelessVxlanGpe = BitField(0x4, bit: 24)
    public static let tunnelStatelessIpv4OverVxlan = BitField(0x4, bit: 23)
    public static let tunnelStatelessIpOverIp = BitField(0x4, bit: 22)
    public static let insertTrailer = BitField(0x4, bit: 21)
    public static let tunnelStatelessIpOverIpRx = BitField(0x4, bit: 19)
    public static let tunnelStatelessIpOverIpTx = BitField(0x4, bit: 18)
    public static let maxVxlanUdpPorts = BitField(0x4, 15, 8)
    public static let swpCsumL4Partial = BitField(0x4, bit: 7)
    public static let maxGeneveOptLen = BitField(0x4, bit: 1)
    public static let tunnelStatelessGeneveRx = BitField(0x4, bit: 0)
    public static let lroMinMssSize = BitField(0x8, 15, 0)
    /// Offset; 16 bytes.
    public static let lroTimerSupportedPeriods = 0x30
}
