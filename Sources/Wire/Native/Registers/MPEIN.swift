/// PCI Express information.
///
/// Register `MPEIN` of the native interface, section 7.
public enum MPEIN {
    public static let byteCount = 0x30

    public static let depth = BitField(0x0, 29, 24)
    public static let pcieIndex = BitField(0x0, 23, 16)
    public static let node = BitField(0x0, 15, 8)
    public static let capabilityMask = BitField(word: 0x4)
    public static let linkWidthEnabled = BitField(0x8, 23, 16)
    public static let linkSpeedEnabled = BitField(0x8, 15, 0)
    public static let lane0PhysicalPosition = BitField(0xc, 31, 24)
    public static let linkWidthActive = BitField(0xc, 23, 16)
    public static let linkSpeedActive = BitField(0xc, 15, 0)
    public static let numOfPfs = BitField(0x10, 31, 16)
    public static let numOfVfs = BitField(0x10, 15, 0)
    public static let bdf0 = BitField(0x14, 31, 16)
    public static let maxReadRequestSize = BitField(0x18, 31, 28)
    public static let maxPayloadSize = BitField(0x18, 27, 24)
    public static let pwrStatus = BitField(0x18, 18, 16)
    public static let portType = BitField(0x18, 15, 12)
    public static let laneReversal = BitField(0x18, bit: 0)
    public static let pciPower = BitField(0x1c, 11, 0)
    public static let deviceStatus = BitField(0x24, 31, 16)
    public static let portState = BitField(0x24, 15, 8)
    public static let receiverDetectResult = BitField(0x28, 15, 0)
}
