import Wire

/// A receive ring: one buffer for each entry (section 5.2).
struct ReceiveRing {
    let ring: RingMemory
    let logSize: Int
    let record: UnsafeMutableRawPointer
    let recordAddress: UInt64
    var pool: BufferPool
    /// Buffer of each entry.
    let buffers: UnsafeMutablePointer<UInt32>
    var number: UInt32 = 0
    var producer: UInt32 = 0
    var consumer: UInt32 = 0
    /// The device has stopped the queue: nothing is posted until it was reset.
    var isFailed = false
    let key: UInt32

    init(
        ring: RingMemory, logSize: Int, record: UnsafeMutableRawPointer, recordAddress: UInt64, pool: BufferPool,
        key: UInt32
    ) {
        self.ring = ring
        self.logSize = logSize
        self.record = record
        self.recordAddress = recordAddress
        self.pool = pool
        self.key = key
        buffers = .allocate(capacity: 1 << logSize)
        buffers.initialize(repeating: 0, count: 1 << logSize)
    }

    /// Fewer than half of the ring's entries are posted.
    var isStarved: Bool { producer &- consumer < 1 << UInt32(logSize - 1) }

    /// Posts buffers until the ring is full or the pool empty, and tells the device; returns how many were posted.
    mutating func refill() -> Int {
        guard !isFailed else { return 0 }
        var posted = 0
        while producer &- consumer < 1 << UInt32(logSize), let buffer = pool.take() {
            let index = Int(producer) & (1 << logSize - 1)
            buffers[index] = buffer
            WQEDataSegment(byteCount: 1 << UInt32(pool.logByteCount), lkey: key, address: pool.address(buffer))
                .encode(into: ring.bytes(at: index * 16, count: 16))
            producer &+= 1
            posted += 1
        }
        if posted > 0 { record.storeBytes(of: producer.bigEndian, as: UInt32.self) }
        return posted
    }

    /// Takes back every posted buffer and starts counting from zero, as the device does after RST.
    mutating func restart() {
        while consumer != producer {
            pool.giveBack(buffers[Int(consumer) & (1 << logSize - 1)])
            consumer &+= 1
        }
        producer = 0
        consumer = 0
        record.storeBytes(of: 0, as: UInt32.self)
    }

    func deallocate() {
        ring.deallocate()
        pool.deallocate()
        buffers.deallocate()
    }
}
