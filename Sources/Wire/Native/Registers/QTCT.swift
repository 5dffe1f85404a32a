/// Priority to traffic class.
///
/// Register `QTCT` of the native interface, section 7.
public enum QTCT {
    public static let byteCount = 0x8

    public static let portNumber = BitField(0x0, 23, 16)
    public static let prio = BitField(0x0, 2, 0)
    public static let tclass = BitField(0x4, 2, 0)
}
