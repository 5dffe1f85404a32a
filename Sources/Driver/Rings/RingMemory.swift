import Host

/// A ring in host memory as the driver's code reaches it: a pointer for every 64 KiB, resolved once.
struct RingMemory {
    static let chunkShift = 16
    let allocation: DMAAllocation
    private let chunks: UnsafeMutablePointer<UnsafeMutableRawPointer>

    /// Resolves `allocation`, which starts at a multiple of 64 KiB or is smaller than that.
    init(_ allocation: DMAAllocation, host: inout Host) throws(DriverError) {
        self.allocation = allocation
        let count = Int((allocation.byteCount + 0xffff) >> UInt64(Self.chunkShift))
        chunks = .allocate(capacity: max(count, 1))
        for index in 0..<count {
            let physical = allocation.physical + UInt64(index) << UInt64(Self.chunkShift)
            guard let (pointer, _) = try? host.memory.pointer(at: physical) else {
                chunks.deallocate()
                throw DriverError("no memory is installed at \(physical)")
            }
            (chunks + index).initialize(to: pointer)
        }
    }

    /// The byte at `offset` of the ring; what lies there up to the next 64 KiB is contiguous.
    @inline(__always) func pointer(at offset: Int) -> UnsafeMutableRawPointer {
        chunks[offset >> Self.chunkShift] + (offset & 0xffff)
    }

    /// `byteCount` bytes at `offset`, which do not cross a multiple of 64 KiB.
    @inline(__always) func bytes(at offset: Int, count: Int) -> UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(start: pointer(at: offset), count: count)
    }

    func deallocate() { chunks.deallocate() }
}
