/// Flow table entry: match value, actions, then the list of destinations and counters.
///
/// `flow_context` of the native interface, section 6.5.
public enum FlowContext {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0x300

    public static let pushVlanEthtype = BitField(0x0, 31, 16)
    public static let pushVlanPrio = BitField(0x0, 15, 13)
    public static let pushVlanCfi = BitField(0x0, bit: 12)
    public static let pushVlanVid = BitField(0x0, 11, 0)
    public static let groupId = BitField(word: 0x4)
    public static let flowTag = BitField(0x8, 23, 0)
    public static let action = BitField(0xc, 15, 0)
    public static let extendedDestination = BitField(0x10, bit: 31)
    public static let uplinkHairpinEn = BitField(0x10, bit: 30)
    public static let flowSource = BitField(0x10, 29, 28)
    public static let encryptDecryptType = BitField(0x10, 27, 24)
    public static let destinationListSize = BitField(0x10, 23, 0)
    public static let flowCounterListSize = BitField(0x14, 23, 0)
    public static let packetReformatId = BitField(word: 0x18)
    public static let modifyHeaderId = BitField(word: 0x1c)
    public static let pushVlan2Ethtype = BitField(0x20, 31, 16)
    public static let pushVlan2Prio = BitField(0x20, 15, 13)
    public static let pushVlan2Cfi = BitField(0x20, bit: 12)
    public static let pushVlan2Vid = BitField(0x20, 11, 0)
    public static let encryptDecryptObjId = BitField(word: 0x24)
    /// Offset; 512 bytes.
    public static let matchValue = 0x40
    /// Offset; 32 bytes.
    public static let executeAso = 0x240
    /// Offset of the list that ends the record.
    public static let destination = 0x300
}
