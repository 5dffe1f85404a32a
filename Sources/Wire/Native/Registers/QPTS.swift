/// Port trust state.
///
/// Register `QPTS` of the native interface, section 7.
public enum QPTS {
    public static let byteCount = 0x8

    public static let localPort = BitField(0x0, 23, 16)
    public static let trustState = BitField(0x4, 2, 0)
}
