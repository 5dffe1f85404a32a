/// Port LED control.
///
/// Register `MLCR` of the native interface, section 7.
public enum MLCR {
    public static let byteCount = 0xc

    public static let localPort = BitField(0x0, 23, 16)
    public static let beaconDuration = BitField(0x4, 15, 0)
    public static let beaconRemain = BitField(0x8, 15, 0)
}
