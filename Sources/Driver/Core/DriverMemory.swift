import Host

/// A piece of host memory the driver owns, reachable by its function.
package struct DMAAllocation: Sendable, BitwiseCopyable, Equatable {
    /// Physical address.
    package var physical: UInt64
    /// Address the device uses.
    package var address: UInt64
    /// Bytes, a multiple of the IOMMU's page size.
    package var byteCount: UInt64
}

/// The memory a driver may allocate from: contiguous pieces of whole IOMMU pages, each mapped while it is in use.
package struct DriverMemory: Sendable {
    /// Distance from physical addresses to the device's, so that one is never taken for the other.
    static let addressOffset: UInt64 = 0x10_0000_0000

    let function: FunctionID
    let range: Range<UInt64>
    /// Free pieces by ascending start; neighbours are merged.
    private var free: [Range<UInt64>]
    private(set) var used: [DMAAllocation] = []

    init(function: FunctionID, range: Range<UInt64>) {
        self.function = function
        self.range = range
        let start = (range.lowerBound + 0xffff) & ~0xffff
        free = start < range.upperBound ? [start..<range.upperBound] : []
    }

    /// Bytes allocated and mapped now.
    package var usedByteCount: UInt64 { used.reduce(0) { $0 + $1.byteCount } }

    /// Memory of at least `byteCount` bytes, aligned to 64 KiB when it is that large, zeroed and mapped.
    mutating func allocate(byteCount: Int, host: inout Host) throws(DriverError) -> DMAAllocation {
        let domain = host.domain(of: function)
        let page = max(1 << domain.pageShift, 4096 as UInt64)
        let size = (UInt64(byteCount) + page - 1) & ~(page - 1)
        let alignment = max(page, size >= 0x8000 ? 0x10000 : page)
        for index in free.indices {
            let piece = free[index]
            let start = (piece.lowerBound + alignment - 1) & ~(alignment - 1)
            guard start + size <= piece.upperBound else { continue }
            free.remove(at: index)
            if start + size < piece.upperBound { free.insert(start + size..<piece.upperBound, at: index) }
            if piece.lowerBound < start { free.insert(piece.lowerBound..<start, at: index) }
            let address = domain.isPassThrough ? start : start + Self.addressOffset
            let allocation = DMAAllocation(physical: start, address: address, byteCount: size)
            do {
                try host.map(function, address, to: start, byteCount: size, [.read, .write])
            } catch {
                throw DriverError("mapping \(size) bytes of DMA memory failed: \(error)")
            }
            used.append(allocation)
            try zero(allocation, host: &host)
            return allocation
        }
        throw DriverError("out of DMA memory: \(byteCount) bytes wanted of \(range.count)")
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
        guard let index = used.firstIndex(of: allocation) else {
            preconditionFailure("memory released that was not allocated")
        }
        used.remove(at: index)
        do {
            try host.unmap(function, allocation.address, byteCount: allocation.byteCount)
        } catch {
            preconditionFailure("a mapping of ours has vanished")
        }
        var piece = allocation.physical..<allocation.physical + allocation.byteCount
        var at = free.firstIndex { $0.lowerBound > piece.lowerBound } ?? free.count
        if at < free.count, free[at].lowerBound == piece.upperBound {
            piece = piece.lowerBound..<free[at].upperBound
            free.remove(at: at)
        }
        if at > 0, free[at - 1].upperBound == piece.lowerBound {
            piece = free[at - 1].lowerBound..<piece.upperBound
            at -= 1
            free.remove(at: at)
        }
        free.insert(piece, at: at)
    }
}
