/// Module EEPROM access.
///
/// Register `MCIA` of the native interface, section 7.
public enum MCIA {
    public static let byteCount = 0x90

    public static let l = BitField(0x0, bit: 31)
    public static let module = BitField(0x0, 23, 16)
    public static let status = BitField(0x0, 7, 0)
    public static let i2cDeviceAddress = BitField(0x4, 31, 24)
    public static let pageNumber = BitField(0x4, 23, 16)
    public static let deviceAddress = BitField(0x4, 15, 0)
    public static let size = BitField(0x8, 15, 0)
    /// Offset; 128 bytes.
    public static let dwords = 0x10
}
