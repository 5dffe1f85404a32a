/// Match set for TCP numbers, ICMP and more tunnels.
///
/// `fte_match_set_misc3` of the native interface, section 6.5.
public enum MatchMisc3 {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0x40

    public static let innerTcpSeqNum = BitField(word: 0x0)
    public static let outerTcpSeqNum = BitField(word: 0x4)
    public static let innerTcpAckNum = BitField(word: 0x8)
    public static let outerTcpAckNum = BitField(word: 0xc)
    public static let outerVxlanGpeVni = BitField(0x10, 23, 0)
    public static let outerVxlanGpeNextProtocol = BitField(0x14, 31, 24)
    public static let outerVxlanGpeFlags = BitField(0x14, 23, 16)
    public static let icmpHeaderData = BitField(word: 0x18)
    public static let icmpv6HeaderData = BitField(word: 0x1c)
    public static let icmpType = BitField(0x20, 31, 24)
    public static let icmpCode = BitField(0x20, 23, 16)
    public static let icmpv6Type = BitField(0x20, 15, 8)
    public static let icmpv6Code = BitField(0x20, 7, 0)
    public static let geneveTlvOption0Data = BitField(word: 0x24)
    public static let gtpuTeid = BitField(word: 0x28)
    public static let gtpuMsgType = BitField(0x2c, 31, 24)
    public static let gtpuMsgFlags = BitField(0x2c, 23, 16)
    public static let gtpuDw2 = BitField(word: 0x30)
    public static let gtpuFirstExtDw0 = BitField(word: 0x34)
    public static let gtpuDw0 = BitField(word: 0x38)
}
