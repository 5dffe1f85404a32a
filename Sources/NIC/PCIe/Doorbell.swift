import Wire

/// A write to a doorbell page that means something (native interface, section 1.4).
package enum Doorbell: Equatable, Sendable, BitwiseCopyable {
    /// Asks completion queue `number` for one event, for completions at `consumerIndex` or later.
    case completionQueue(number: UInt32, sequence: UInt8, isSolicitedOnly: Bool, consumerIndex: UInt32)
    /// Tells the consumer index of event queue `number`, and asks for the next interrupt when `arms`.
    case eventQueue(number: UInt8, consumerIndex: UInt32, arms: Bool)
    /// Send queue `number` has work up to the counter in its doorbell record.
    ///
    /// `wqeIndex` is that of the entry rung with; it is a hint, the record decides.
    case send(number: UInt32, wqeIndex: UInt16)
}

/// Puts doorbells together from the writes that reach a function's doorbell pages.
///
/// A doorbell of 8 bytes may arrive as one write or as two of 4 bytes; the second one acts. Of a longer copy of a
/// work queue entry only the first 8 bytes matter, as the entry lies in memory as well.
package struct DoorbellDecoder: Sendable {
    /// Offset in BAR0 of the last write of 4 bytes that was the first half of a doorbell, and its word.
    private var half: (offset: UInt32, word: UInt32) = (.max, 0)

    package init() {}

    /// The doorbell that a write of `byteCount` bytes at `offset` of BAR0 completes, if any.
    ///
    /// The lowest byte of `value` is at the lowest address, so a register's big-endian word is its bytes swapped.
    package mutating func decode(offset: UInt32, byteCount: Int, value: UInt64) -> Doorbell? {
        guard byteCount == 4 || byteCount == 8, offset & 3 == 0 else { return nil }
        let first = UInt32(truncatingIfNeeded: value).byteSwapped
        let register = Int(offset) & (UAR.byteCount - 1)
        switch register {
        case UAR.eqArm, UAR.eqUpdate:
            return .eventQueue(
                number: UInt8(first >> 24), consumerIndex: first & 0xff_ffff, arms: register == UAR.eqArm)
        case UAR.cqArm, UAR.cqArm + 4, UAR.sendDoorbell..<UAR.byteCount:
            return decodeLong(offset: offset, register: register, byteCount: byteCount, first: first, value: value)
        default:
            return nil
        }
    }

    private mutating func decodeLong(
        offset: UInt32, register: Int, byteCount: Int, first: UInt32, value: UInt64
    ) -> Doorbell? {
        let isSend = register >= UAR.sendDoorbell
        // Doorbells lie every 512 bytes, with a second buffer half way.
        let place = isSend ? register & 0xff : register - UAR.cqArm
        guard place == 0 || place == 4 && byteCount == 4 else { return nil }
        if byteCount == 8 {
            half.offset = .max
            return Self.doorbell(isSend, first, UInt32(truncatingIfNeeded: value >> 32).byteSwapped)
        }
        if place == 0 {
            half = (offset, first)
            return nil
        }
        guard half.offset == offset - 4 else { return nil }
        half.offset = .max
        return Self.doorbell(isSend, half.word, first)
    }

    private static func doorbell(_ isSend: Bool, _ first: UInt32, _ second: UInt32) -> Doorbell {
        isSend
            ? .send(number: second >> 8, wqeIndex: UInt16(truncatingIfNeeded: first >> 8))
            : .completionQueue(
                number: second & 0xff_ffff, sequence: UInt8(first >> 28 & 3), isSolicitedOnly: first >> 24 & 1 != 0,
                consumerIndex: first & 0xff_ffff)
    }
}
