/// Something a function's firmware was waiting for.
///
/// Each carries the life it belongs to (`FunctionFirmware.life`); one of an earlier life is ignored.
package enum FirmwareEvent: BitwiseCopyable, Sendable, Equatable {
    /// The command queue entry `slot` arrived.
    case entryArrived(slot: UInt8, life: UInt8)
    /// The next mailbox block of the command in `slot` arrived.
    case blockArrived(slot: UInt8, life: UInt8)
    /// The command in `slot` has run for as long as it takes: its effects happen now.
    case executed(slot: UInt8, life: UInt8)
    /// The output of the command in `slot` has reached host memory.
    case outputArrived(slot: UInt8, life: UInt8)
}
