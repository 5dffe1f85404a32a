/// Temperature sensors.
///
/// Register `MTCAP` of the native interface, section 7.
public enum MTCAP {
    public static let byteCount = 0x10

    public static let sensorCount = BitField(0x0, 6, 0)
    /// Offset; 8 bytes.
    public static let sensorMap = 0x8
}
