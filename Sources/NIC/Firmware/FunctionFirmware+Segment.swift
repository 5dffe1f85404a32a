package import Simulation
import Wire

/// The initialization segment: the first pages of BAR0 (native interface, section 1.3).
extension FunctionFirmware {
    /// What a write to the segment asks for.
    package struct SegmentEffects: Equatable, Sendable {
        /// Command queue entries to execute, a bit each.
        package var doorbellVector: UInt32 = 0
        /// Software reset.
        package var isReset = false
        /// The driver gives the interface up.
        package var isDisabled = false
    }

    /// The big-endian word at `offset`, a multiple of 4.
    package mutating func segmentWord(at offset: Int, now: SimTime) -> UInt32 {
        let nanoseconds = now.picoseconds / 1000
        let version = parameters.version
        switch offset {
        case 0x0: return UInt32(version.minor) << 16 | UInt32(version.major)
        case 0x4: return InitializationSegment.supportedCmdInterfaceRev << 16 | UInt32(version.subminor)
        case 0x10: return UInt32(truncatingIfNeeded: queueAddress >> 32)
        case 0x14:
            return UInt32(truncatingIfNeeded: queueAddress) & ~0xfff | (isInterfaceDisabled ? 1 << 8 : 0)
                | UInt32(parameters.logCommandQueueSize) << 4 | UInt32(parameters.logCommandQueueStride)
        case 0x1fc: return (isBooting(at: now) ? 1 << 31 : 0) | (isEmbedded ? 1 << 23 : 0)
        case 0x200..<0x218: return health.assertWords[(offset - 0x200) / 4]
        case 0x22c: return health.time
        case 0x230:
            return UInt32(version.major) << 24 | UInt32(version.minor & 0xff) << 16 | UInt32(version.subminor)
        case 0x238: return health.condition == .healthy ? 0 : 1 << 27 | 3 << 24
        case 0x23c: return UInt32(health.condition.rawValue) << 16 | UInt32(health.reportCount)
        case 0x1000: return UInt32(truncatingIfNeeded: nanoseconds >> 32)
        case 0x1004: return UInt32(truncatingIfNeeded: nanoseconds)
        case 0x1010:
            // Counts time, and reads as well: a driver on a clock that runs faster than ours still sees it change.
            healthReadCount &+= 1
            let count = nanoseconds / 100_000_000 &+ healthReadCount
            return UInt32(health.condition.rawValue) << 24 | UInt32(truncatingIfNeeded: count) & 0xff_ffff
        default: return 0
        }
    }

    /// The `byteCount` bytes at `offset`, lowest address in the lowest byte.
    package mutating func readSegment(_ offset: Int, byteCount: Int, now: SimTime) -> UInt64 {
        var value: UInt64 = 0
        var word: UInt32 = 0
        for index in 0..<min(byteCount, 8) {
            let place = offset + index
            if index == 0 || place & 3 == 0 { word = segmentWord(at: place & ~3, now: now) }
            let byte = UInt8(truncatingIfNeeded: word >> UInt32((3 - (place & 3)) * 8))
            value |= UInt64(byte) << UInt64(index * 8)
        }
        return value
    }

    /// Writes the lowest `byteCount` bytes of `value` at `offset`; registers that cannot be written ignore it.
    package mutating func writeSegment(_ offset: Int, byteCount: Int, value: UInt64, now: SimTime) -> SegmentEffects {
        var effects = SegmentEffects()
        guard !isBooting(at: now) else { return effects }
        var index = 0
        while index < min(byteCount, 8) {
            let base = (offset + index) & ~3
            var word: UInt32 = 0
            var mask: UInt32 = 0
            while index < min(byteCount, 8), (offset + index) & ~3 == base {
                let shift = UInt32((3 - ((offset + index) & 3)) * 8)
                word |= (UInt32(truncatingIfNeeded: value >> UInt64(index * 8)) & 0xff) << shift
                mask |= 0xff << shift
                index += 1
            }
            writeWord(at: base, word, mask: mask, &effects)
        }
        return effects
    }

    private mutating func writeWord(at offset: Int, _ word: UInt32, mask: UInt32, _ effects: inout SegmentEffects) {
        switch offset {
        case 0x10:
            let high = UInt32(truncatingIfNeeded: queueAddress >> 32) & ~mask | word
            queueAddress = UInt64(high) << 32 | queueAddress & 0xffff_ffff
        case 0x14:
            let low = UInt32(truncatingIfNeeded: queueAddress) & ~mask | word
            queueAddress = queueAddress & ~0xffff_ffff | UInt64(low & ~0xfff)
            // The three-bit view of nic_interface: 0 full driver, 1 disabled, 7 software reset.
            switch low >> 8 & 7 {
            case 0:
                isInterfaceDisabled = false
                isQueueValid = true
            case 7: effects.isReset = true
            default: effects.isDisabled = true
            }
        case 0x18: effects.doorbellVector |= word
        default: break
        }
    }
}
