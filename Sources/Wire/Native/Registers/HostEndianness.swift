/// Byte order of the host.
///
/// Register `HOST_ENDIANNESS` of the native interface, section 7.
public enum HostEndianness {
    public static let byteCount = 0x10

    public static let he = BitField(0x0, bit: 31)
}
