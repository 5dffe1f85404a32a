import Wire

/// The methods are `mutating` so that they work on an element of a table in place, without a copy.
extension MemoryKey {
    /// What a queue wants to do with the memory.
    enum Access { case localRead, localWrite }

    /// Whether a queue of `domain` may touch the `byteCount` bytes at `address` through the key `value`.
    mutating func permits(_ access: Access, _ byteCount: Int, at address: UInt64, key value: UInt32, domain: Int)
        -> Bool
    {
        guard !isFree, variant == UInt8(truncatingIfNeeded: value), protectionDomain == domain else { return false }
        guard access == .localRead ? permitsLocalRead : permitsLocalWrite else { return false }
        guard accessMode == .pa || accessMode == .mtt else { return false }
        guard address <= .max - UInt64(byteCount) else { return false }
        if !coversAll {
            guard address >= start, UInt64(byteCount) <= self.byteCount else { return false }
            guard address - start <= self.byteCount - UInt64(byteCount) else { return false }
        }
        guard accessMode == .mtt else { return true }
        guard byteCount > 0 else { return true }
        let first = address &- pageBase
        return logPageSize < 48 && (first &+ UInt64(byteCount - 1)) >> UInt64(logPageSize) < UInt64(pages.count)
    }

    /// The address the first page translates to.
    private var pageBase: UInt64 { start & ~((1 << UInt64(logPageSize)) - 1) }

    /// The I/O virtual address of the byte at `address`, and how many bytes follow it in one run.
    ///
    /// - Precondition: `permits` has said yes.
    mutating func translate(_ address: UInt64) -> (address: UInt64, runByteCount: UInt64) {
        guard accessMode == .mtt else { return (address, .max &- address) }
        let position = address &- pageBase
        let mask: UInt64 = (1 << UInt64(logPageSize)) - 1
        let page = pages[Int(position >> UInt64(logPageSize))] & ~mask
        return (page | position & mask, mask + 1 - position & mask)
    }
}
