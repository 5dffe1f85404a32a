import Host

/// Pages the device holds: batches of memory, each given back when the last of its pages returns.
struct PageAccount {
    struct Batch {
        var allocation: DMAAllocation
        /// A bit for each page the device holds.
        var isOut: [Bool]
        var outCount: Int
    }

    private(set) var batches: [Batch] = []
    /// Pages the device holds.
    var outCount: Int { batches.reduce(0) { $0 + $1.outCount } }

    mutating func add(_ allocation: DMAAllocation, pageCount: Int) {
        batches.append(
            Batch(allocation: allocation, isOut: Array(repeating: true, count: pageCount), outCount: pageCount))
    }

    /// Takes one page back; returns the memory of its batch when it was the last.
    mutating func takeBack(_ address: UInt64) throws(DriverError) -> DMAAllocation? {
        for index in batches.indices {
            let start = batches[index].allocation.address
            guard address >= start, address < start + batches[index].allocation.byteCount else { continue }
            let page = Int((address - start) >> 12)
            guard page < batches[index].isOut.count, batches[index].isOut[page], address & 4095 == 0 else { break }
            batches[index].isOut[page] = false
            batches[index].outCount -= 1
            guard batches[index].outCount == 0 else { return nil }
            return batches.remove(at: index).allocation
        }
        throw DriverError("the device returned page 0x\(String(address, radix: 16)) which it was not given")
    }

    /// Forgets all pages, after a reset; returns their memory.
    mutating func takeAll() -> [DMAAllocation] {
        defer { batches = [] }
        return batches.map(\.allocation)
    }
}
