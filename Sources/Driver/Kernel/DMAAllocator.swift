import Host

/// A piece of host memory that one function can reach.
struct DMAAllocation: Sendable, BitwiseCopyable, Equatable {
    /// Whose address space it is mapped in.
    var function: FunctionID
    /// Physical address.
    var physical: UInt64
    /// Address the device uses.
    var address: UInt64
    /// Bytes, a multiple of the IOMMU's page size.
    var byteCount: UInt64
}

/// The memory of a host that drivers may allocate from: contiguous pieces of whole IOMMU pages, each mapped for one
/// function while it is in use.
struct DMAAllocator {
    /// Distance from physical addresses to the device's, so that one is never taken for the other.
    static let addressOffset: UInt64 = 0x10_0000_0000

    let range: Range<UInt64>
    /// Free pieces by ascending start; neighbours are merged.
    private var free: [Range<UInt64>]
    /// What is allocated, by physical address; looked up, never walked.
    private var used: [UInt64: DMAAllocation] = [:]
    /// Bytes that each function has, by its number.
    private var usedByteCounts: [UInt16: UInt64] = [:]

    init(range: Range<UInt64>) {
        self.range = range
        let start = (range.lowerBound + 0xffff) & ~0xffff
        free = start < range.upperBound ? [start..<range.upperBound] : []
    }

    /// Bytes allocated and mapped for `function` now.
    func usedByteCount(of function: FunctionID) -> UInt64 { usedByteCounts[function.index] ?? 0 }

    /// Memory of at least `byteCount` bytes, mapped for `function`, and zeroed unless its owner writes all of it.
    ///
    /// It starts at a multiple of 64 KiB when it is at least half as long; a piece up to 64 KiB lies within one.
    mutating func allocate(
        byteCount: Int, for function: FunctionID, isZeroed: Bool = true, host: inout Host
    ) throws(DriverError) -> DMAAllocation {
        let domain = host.domain(of: function)
        let page = max(1 << domain.pageShift, 4096 as UInt64)
        let size = (UInt64(byteCount) + page - 1) & ~(page - 1)
        guard let start = take(size, alignment: max(page, size >= 0x8000 ? 0x10000 : page)) else {
            throw DriverError("out of DMA memory: \(byteCount) bytes wanted of \(range.count)")
        }
        let address = domain.isPassThrough ? start : start + Self.addressOffset
        let allocation = DMAAllocation(function: function, physical: start, address: address, byteCount: size)
        do {
            try host.map(function, address, to: start, byteCount: size, [.read, .write])
        } catch {
            giveBack(start..<start + size)
            throw DriverError("mapping \(size) bytes of DMA memory failed: \(error)")
        }
        used[start] = allocation
        usedByteCounts[function.index, default: 0] += size
        if isZeroed { try zero(allocation, host: &host) }
        return allocation
    }

    private mutating func take(_ size: UInt64, alignment: UInt64) -> UInt64? {
        for index in free.indices {
            let piece = free[index]
            var start = (piece.lowerBound + alignment - 1) & ~(alignment - 1)
            if size <= 0x10000, start >> 16 != (start + size - 1) >> 16 { start = (start + 0xffff) & ~0xffff }
            guard start + size <= piece.upperBound else { continue }
            free.remove(at: index)
            if start + size < piece.upperBound { free.insert(start + size..<piece.upperBound, at: index) }
            if piece.lowerBound < start { free.insert(piece.lowerBound..<start, at: index) }
            return start
        }
        return nil
    }

    private func zero(_ allocation: DMAAllocation, host: inout Host) throws(DriverError) {
        var done: UInt64 = 0
        while done < allocation.byteCount {
            guard let (pointer, available) = try? host.memory.pointer(at: allocation.physical + done) else {
                throw DriverError("no memory is installed at \(allocation.physical + done)")
            }
            let count = min(UInt64(available), allocation.byteCount - done)
            pointer.initializeMemory(as: UInt8.self, repeating: 0, count: Int(count))
            done += count
        }
    }

    /// Unmaps and gives back what `allocate` returned.
    mutating func release(_ allocation: DMAAllocation, host: inout Host) {
        guard used.removeValue(forKey: allocation.physical) == allocation else {
            preconditionFailure("memory released that was not allocated")
        }
        usedByteCounts[allocation.function.index, default: 0] -= allocation.byteCount
        do {
            try host.unmap(allocation.function, allocation.address, byteCount: allocation.byteCount)
        } catch {
            preconditionFailure("a mapping of ours has vanished")
        }
        giveBack(allocation.physical..<allocation.physical + allocation.byteCount)
    }

    private mutating func giveBack(_ returned: Range<UInt64>) {
        var piece = returned
        var (low, high) = (0, free.count)
        while low < high {
            let middle = (low + high) / 2
            if free[middle].lowerBound > piece.lowerBound { high = middle } else { low = middle + 1 }
        }
        var index = low
        if index < free.count, free[index].lowerBound == piece.upperBound {
            piece = piece.lowerBound..<free[index].upperBound
            free.remove(at: index)
        }
        if index > 0, free[index - 1].upperBound == piece.lowerBound {
            piece = free[index - 1].lowerBound..<piece.upperBound
            index -= 1
            free.remove(at: index)
        }
        free.insert(piece, at: index)
    }
}
