/// PCI Express hosts.
///
/// Register `MPIR` of the native interface, section 7.
public enum MPIR {
    public static let byteCount = 0xc

    public static let sdm = BitField(0x0, bit: 31)
    public static let hostBuses = BitField(0x0, 3, 0)
    public static let localPort = BitField(0x8, 31, 24)
}
