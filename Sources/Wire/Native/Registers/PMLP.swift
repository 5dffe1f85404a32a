/// Port module to local port: which lanes the port uses.
///
/// Register `PMLP` of the native interface, section 7.
public enum PMLP {
    public static let byteCount = 0x40

    public static let rxtx = BitField(0x0, bit: 31)
    public static let localPort = BitField(0x0, 23, 16)
    public static let width = BitField(0x0, 7, 0)
    public static let lane0ModuleMapping = BitField(word: 0x4)
    public static let lane1ModuleMapping = BitField(word: 0x8)
    public static let lane2ModuleMapping = BitField(word: 0xc)
    public static let lane3ModuleMapping = BitField(word: 0x10)
    public static let lane0Module = BitField(0x4, 7, 0)
    public static let lane0TxLane = BitField(0x4, 19, 16)
    public static let lane0RxLane = BitField(0x4, 27, 24)
}
