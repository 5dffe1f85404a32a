import Host

/// The buffers of a channel: equal pieces of memory with an owner each.
struct BufferPool {
    let logByteCount: Int
    let count: Int
    let allocation: DMAAllocation
    private let memory: RingMemory
    private let free: UnsafeMutablePointer<UInt32>
    /// Whether a buffer was filled for generated packets.
    private let isFilled: UnsafeMutablePointer<Bool>
    private(set) var freeCount: Int

    init(logByteCount: Int, count: Int, allocation: DMAAllocation, host: inout Host) throws(DriverError) {
        self.logByteCount = logByteCount
        self.count = count
        self.allocation = allocation
        memory = try RingMemory(allocation, host: &host)
        free = .allocate(capacity: count)
        for index in 0..<count { (free + index).initialize(to: UInt32(count - 1 - index)) }
        freeCount = count
        isFilled = .allocate(capacity: count)
        isFilled.initialize(repeating: false, count: count)
    }

    /// A buffer nobody owns, if there is one.
    @inline(__always) mutating func take() -> UInt32? {
        guard freeCount > 0 else { return nil }
        freeCount &-= 1
        return free[freeCount]
    }

    @inline(__always) mutating func giveBack(_ buffer: UInt32) {
        precondition(freeCount < count, "a buffer was given back twice")
        free[freeCount] = buffer
        freeCount &+= 1
    }

    @inline(__always) func pointer(_ buffer: UInt32) -> UnsafeMutableRawPointer {
        memory.pointer(at: Int(buffer) << logByteCount)
    }

    /// A buffer that nobody owns, with what generated packets carry.
    ///
    /// Every word depends on its place, so that bytes that moved show. A buffer is filled when it is first taken.
    @inline(__always) mutating func takeFilled() -> UInt32? {
        guard let buffer = take() else { return nil }
        if !isFilled[Int(buffer)] { fill(buffer) }
        return buffer
    }

    @inline(never) private func fill(_ buffer: UInt32) {
        isFilled[Int(buffer)] = true
        let start = pointer(buffer)
        for offset in stride(from: 0, to: 1 << logByteCount, by: 8) {
            let word = (UInt64(offset) &+ 1) &* 0x9e37_79b9_7f4a_7c15
            start.storeBytes(of: word.bigEndian, toByteOffset: offset, as: UInt64.self)
        }
    }

    /// The address the device uses.
    @inline(__always) func address(_ buffer: UInt32) -> UInt64 {
        allocation.address + UInt64(buffer) << UInt64(logByteCount)
    }
    @inline(__always) func physical(_ buffer: UInt32) -> UInt64 {
        allocation.physical + UInt64(buffer) << UInt64(logByteCount)
    }

    func deallocate() {
        memory.deallocate()
        free.deallocate()
        isFilled.deallocate()
    }
}
