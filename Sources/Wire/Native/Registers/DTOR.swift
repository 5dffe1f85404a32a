/// Device time limits: `…Value` counts the unit `…Multiplier` names (0 ms, 1 s, 2 min, 3 h).
///
/// Register `DTOR` of the native interface, section 7.
public enum DTOR {
    public static let byteCount = 0x40

    public static let pcieToggleMultiplier = BitField(0x4, 31, 29)
    public static let pcieToggleValue = BitField(0x4, 19, 0)
    public static let healthPollMultiplier = BitField(0x14, 31, 29)
    public static let healthPollValue = BitField(0x14, 19, 0)
    public static let fullCrdumpMultiplier = BitField(0x18, 31, 29)
    public static let fullCrdumpValue = BitField(0x18, 19, 0)
    public static let fwResetMultiplier = BitField(0x1c, 31, 29)
    public static let fwResetValue = BitField(0x1c, 19, 0)
    public static let flushOnErrMultiplier = BitField(0x20, 31, 29)
    public static let flushOnErrValue = BitField(0x20, 19, 0)
    public static let pciSyncUpdateMultiplier = BitField(0x24, 31, 29)
    public static let pciSyncUpdateValue = BitField(0x24, 19, 0)
    public static let tearDownMultiplier = BitField(0x28, 31, 29)
    public static let tearDownValue = BitField(0x28, 19, 0)
    public static let fsmReactivateMultiplier = BitField(0x2c, 31, 29)
    public static let fsmReactivateValue = BitField(0x2c, 19, 0)
    public static let reclaimPagesMultiplier = BitField(0x30, 31, 29)
    public static let reclaimPagesValue = BitField(0x30, 19, 0)
    public static let reclaimVfsPagesMultiplier = BitField(0x34, 31, 29)
    public static let reclaimVfsPagesValue = BitField(0x34, 19, 0)
    public static let resetUnloadMultiplier = BitField(0x38, 31, 29)
    public static let resetUnloadValue = BitField(0x38, 19, 0)
}
