/// Port type and speed.
///
/// Register `PTYS` of the native interface, section 7.
public enum PTYS {
    public static let byteCount = 0x40

    public static let anDisableAdmin = BitField(0x0, bit: 30)
    public static let anDisableCap = BitField(0x0, bit: 29)
    public static let localPort = BitField(0x0, 23, 16)
    public static let planeInd = BitField(0x0, 7, 4)
    public static let protoMask = BitField(0x0, 2, 0)
    public static let anStatus = BitField(0x4, 31, 28)
    public static let dataRateOper = BitField(0x4, 15, 0)
    public static let extEthProtoCapability = BitField(word: 0x8)
    public static let ethProtoCapability = BitField(word: 0xc)
    public static let ibLinkWidthCapability = BitField(0x10, 31, 16)
    public static let ibProtoCapability = BitField(0x10, 15, 0)
    public static let extEthProtoAdmin = BitField(word: 0x14)
    public static let ethProtoAdmin = BitField(word: 0x18)
    public static let ibLinkWidthAdmin = BitField(0x1c, 31, 16)
    public static let ibProtoAdmin = BitField(0x1c, 15, 0)
    public static let extEthProtoOper = BitField(word: 0x20)
    public static let ethProtoOper = BitField(word: 0x24)
    public static let ibLinkWidthOper = BitField(0x28, 31, 16)
    public static let ibProtoOper = BitField(0x28, 15, 0)
    public static let connectorType = BitField(0x2c, 3, 0)
    public static let ethProtoLpAdvertise = BitField(word: 0x30)
}
