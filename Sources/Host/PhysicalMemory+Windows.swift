/// Memory that is not the host's own but is reached at physical addresses like it: that of another process.
@usableFromInline struct MemoryWindow: Sendable {
    @usableFromInline var start: UInt64
    @usableFromInline var byteCount: UInt64
    /// `nil` when the memory cannot be touched directly.
    @usableFromInline nonisolated(unsafe) var base: UnsafeMutableRawPointer?
}

extension PhysicalMemory {
    /// Where windows begin: far beyond what can be installed.
    static var firstWindow: UInt64 { 1 << 52 }

    /// Gives `byteCount` bytes at `base` a range of physical addresses of their own; returns its start.
    ///
    /// The owner keeps the memory valid until `detach`. Without `base`, every access is a `MemoryFault`.
    /// - Precondition: `byteCount` is a positive multiple of 4096.
    public mutating func attach(_ base: UnsafeMutableRawPointer?, byteCount: UInt64) -> UInt64 {
        precondition(byteCount > 0 && byteCount & 4095 == 0, "a window of whole pages")
        var start = Self.firstWindow
        var index = 0
        while index < windows.count, byteCount > windows[index].start - start {
            start = windows[index].start + windows[index].byteCount
            index += 1
        }
        windows.insert(MemoryWindow(start: start, byteCount: byteCount, base: base), at: index)
        return start
    }

    /// Takes the window that begins at `start` away.
    ///
    /// - Precondition: no translation leads there any more.
    public mutating func detach(_ start: UInt64) {
        guard let index = windows.firstIndex(where: { $0.start == start }) else {
            preconditionFailure("no such window")
        }
        windows.remove(at: index)
    }

    /// Whether there is memory at `address`, the host's own or a window's.
    public func contains(_ address: UInt64) -> Bool {
        address < byteCount || windows.contains { address >= $0.start && address - $0.start < $0.byteCount }
    }

    @usableFromInline func windowPointer(at address: UInt64) throws(MemoryFault) -> (UnsafeMutableRawPointer, Int) {
        var low = 0
        var high = windows.count
        while low < high {
            let middle = (low + high) / 2
            if windows[middle].start <= address { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { throw MemoryFault(address: address) }
        let window = windows[low - 1]
        let offset = address - window.start
        guard offset < window.byteCount, let base = window.base else { throw MemoryFault(address: address) }
        return (base + Int(offset), Int(window.byteCount - offset))
    }
}
