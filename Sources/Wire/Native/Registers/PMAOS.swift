/// Port module administrative and operational status.
///
/// Register `PMAOS` of the native interface, section 7.
public enum PMAOS {
    public static let byteCount = 0x10

    public static let module = BitField(0x0, 23, 16)
    public static let adminStatus = BitField(0x0, 11, 8)
    public static let operStatus = BitField(0x0, 3, 0)
    public static let ase = BitField(0x4, bit: 31)
    public static let ee = BitField(0x4, bit: 30)
    public static let e = BitField(0x4, 1, 0)
}
