/// Transport interface send context.
///
/// `tisc` of the native interface, section 6.3.
public enum TISContext {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0xa0

    public static let strictLagTxPortAffinity = BitField(0x0, bit: 31)
    public static let tlsEn = BitField(0x0, bit: 30)
    public static let lagTxPortAffinity = BitField(0x0, 27, 24)
    public static let prio = BitField(0x0, 19, 16)
    public static let transportDomain = BitField(0x24, 23, 0)
    public static let underlayQpn = BitField(0x28, 23, 0)
    public static let pd = BitField(0x2c, 23, 0)
}
