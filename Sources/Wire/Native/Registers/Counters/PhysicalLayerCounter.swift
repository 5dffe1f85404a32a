/// Counters of PPCNT group 0x12: physical layer.
///
/// The raw value is the offset of the 64-bit counter from the register's start.
public enum PhysicalLayerCounter: Int, CaseIterable, Sendable {
    /// Times the link went down: 32 bits.
    public static let linkDownEvents = BitField(word: 0xc8)
    /// Times the link recovered without going down: 32 bits.
    public static let successfulRecoveryEvents = BitField(word: 0xcc)

    case timeSinceLastClear = 0x8
    case symbolErrors = 0x10
    case syncHeadersErrors = 0x18
    case edplBIPErrorsLane0 = 0x20
    case edplBIPErrorsLane1 = 0x28
    case edplBIPErrorsLane2 = 0x30
    case edplBIPErrorsLane3 = 0x38
    case fcFECCorrectedBlocksLane0 = 0x40
    case fcFECCorrectedBlocksLane1 = 0x48
    case fcFECCorrectedBlocksLane2 = 0x50
    case fcFECCorrectedBlocksLane3 = 0x58
    case fcFECUncorrectableBlocksLane0 = 0x60
    case fcFECUncorrectableBlocksLane1 = 0x68
    case fcFECUncorrectableBlocksLane2 = 0x70
    case fcFECUncorrectableBlocksLane3 = 0x78
    case rsFECCorrectedBlocks = 0x80
    case rsFECUncorrectableBlocks = 0x88
    case rsFECNoErrorsBlocks = 0x90
    case rsFECSingleErrorBlocks = 0x98
    case rsFECCorrectedSymbolsTotal = 0xa0
    case rsFECCorrectedSymbolsLane0 = 0xa8
    case rsFECCorrectedSymbolsLane1 = 0xb0
    case rsFECCorrectedSymbolsLane2 = 0xb8
    case rsFECCorrectedSymbolsLane3 = 0xc0
}
