import Host
import Simulation
import Wire

/// One queue pair of the interface with its completion queues, served by one core.
///
/// Rings are memory of the host, reached by pointers resolved once; the driver's own notes are preallocated arrays.
struct Channel {
    let index: Int
    let core: Int
    var completionQueues: (control: CompletionRing, send: CompletionRing, receive: CompletionRing)
    var control: SendRing
    var send: SendRing
    var receive: ReceiveRing
    /// Memory of the rings, the doorbell records and the buffers.
    let allocations: [DMAAllocation]
    var isActive = false
    /// A poll is scheduled or running: interrupts add nothing.
    var pollIsPending = false
    /// A flush is scheduled.
    var flushIsPending = false
    /// An interrupt came: the event queue has to be read and armed.
    var hasEvents = false
    /// Completion mode the generator stopped in: it goes on when there is room.
    var generatorIsStopped = false
    var counters = ChannelCounters()

    /// Nothing was posted for sending that has not completed.
    var isQuiet: Bool { send.consumer == send.producer && control.consumer == control.producer && !flushIsPending }

    func deallocate() {
        completionQueues.control.ring.deallocate()
        completionQueues.send.ring.deallocate()
        completionQueues.receive.ring.deallocate()
        control.deallocate()
        send.deallocate()
        receive.deallocate()
    }
}

/// What a channel has done since it was opened: the per-ring lines of `ethtool -S`.
struct ChannelCounters {
    var rxPackets: UInt64 = 0, rxBytes: UInt64 = 0, rxChecksumComplete: UInt64 = 0, rxChecksumUnnecessary: UInt64 = 0
    var rxChecksumNone: UInt64 = 0, rxChecksumWrong: UInt64 = 0, rxRemovedVLAN: UInt64 = 0, rxErrors: UInt64 = 0
    var rxReposts: UInt64 = 0
    var txPackets: UInt64 = 0, txBytes: UInt64 = 0, txAddedVLAN: UInt64 = 0, txTSOPackets: UInt64 = 0
    var txTSOBytes: UInt64 = 0, txChecksumPartial: UInt64 = 0, txChecksumNone: UInt64 = 0, txStopped: UInt64 = 0
    var txWoken: UInt64 = 0, txDropped: UInt64 = 0, txErrors: UInt64 = 0, txCompletions: UInt64 = 0, txNOP: UInt64 = 0
    var txXmitMore: UInt64 = 0, txRecover: UInt64 = 0, rxRecover: UInt64 = 0
    var events: UInt64 = 0, polls: UInt64 = 0, arms: UInt64 = 0, doorbells: UInt64 = 0

    mutating func add(_ other: ChannelCounters) {
        rxPackets += other.rxPackets
        rxBytes += other.rxBytes
        rxChecksumComplete += other.rxChecksumComplete
        rxChecksumUnnecessary += other.rxChecksumUnnecessary
        rxChecksumNone += other.rxChecksumNone
        rxChecksumWrong += other.rxChecksumWrong
        rxRemovedVLAN += other.rxRemovedVLAN
        rxErrors += other.rxErrors
        rxReposts += other.rxReposts
        txPackets += other.txPackets
        txBytes += other.txBytes
        txAddedVLAN += other.txAddedVLAN
        txTSOPackets += other.txTSOPackets
        txTSOBytes += other.txTSOBytes
        txChecksumPartial += other.txChecksumPartial
        txChecksumNone += other.txChecksumNone
        txStopped += other.txStopped
        txWoken += other.txWoken
        txDropped += other.txDropped
        txErrors += other.txErrors
        txCompletions += other.txCompletions
        txNOP += other.txNOP
        txXmitMore += other.txXmitMore
        txRecover += other.txRecover
        rxRecover += other.rxRecover
        events += other.events
        polls += other.polls
        arms += other.arms
        doorbells += other.doorbells
    }
}

/// A completion queue in host memory (sections 5.3 and 5.4).
struct CompletionRing {
    let ring: RingMemory
    let logSize: Int
    /// Doorbell record: pointer, and the device's address of it.
    let record: UnsafeMutableRawPointer
    let recordAddress: UInt64
    var number: UInt32 = 0
    var consumer: UInt32 = 0
    var armSequence: UInt32 = 0

    /// Every entry is invalid and the device's.
    init(
        ring: RingMemory, logSize: Int, record: UnsafeMutableRawPointer, recordAddress: UInt64
    ) {
        self.ring = ring
        self.logSize = logSize
        self.record = record
        self.recordAddress = recordAddress
        for index in 0..<1 << logSize {
            ring.pointer(at: index * 64).initializeMemory(
                as: UInt8.self, repeating: CompletionQueueEntry.initialByte, count: 64)
        }
    }

    /// The next completion the device has written, if any.
    @inline(__always) mutating func next() -> CompletionQueueEntry? {
        let index = Int(consumer) & (1 << logSize - 1)
        let pointer = ring.pointer(at: index * 64)
        let last = pointer.load(fromByteOffset: 63, as: UInt8.self)
        guard last & 1 == UInt8(truncatingIfNeeded: consumer &>> UInt32(logSize) & 1), last & 0xf0 != 0xf0 else {
            return nil
        }
        consumer &+= 1
        return CompletionQueueEntry(decoding: UnsafeRawBufferPointer(start: pointer, count: 64))
    }

    /// Tells the device how far the queue was read.
    @inline(__always) func publish() {
        record.storeBytes(of: (consumer & 0xff_ffff).bigEndian, as: UInt32.self)
    }

    /// The doorbell that asks for an event at the next completion; its first word goes to the record as well.
    mutating func arm() -> UInt64 {
        publish()
        let doorbell = CQDoorbell(cqn: number, consumerIndex: consumer, sequenceNumber: armSequence)
        record.storeBytes(of: doorbell.armWord.bigEndian, toByteOffset: 4, as: UInt32.self)
        return doorbell.rawValue
    }
}

/// The buffers of a channel: equal pieces of memory with an owner each.
struct BufferPool {
    let logByteCount: Int
    let count: Int
    let allocation: DMAAllocation
    private let memory: RingMemory
    private let free: UnsafeMutablePointer<UInt32>
    private(set) var freeCount: Int

    init(logByteCount: Int, count: Int, allocation: DMAAllocation, host: inout Host) throws(DriverError) {
        self.logByteCount = logByteCount
        self.count = count
        self.allocation = allocation
        memory = try RingMemory(allocation, host: &host)
        free = .allocate(capacity: count)
        for index in 0..<count { (free + index).initialize(to: UInt32(count - 1 - index)) }
        freeCount = count
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

    /// Writes what generated packets carry: every word depends on its place, so that bytes that moved show.
    func fill() {
        for buffer in 0..<UInt32(count) {
            let start = pointer(buffer)
            for offset in stride(from: 0, to: 1 << logByteCount, by: 8) {
                let word = (UInt64(offset) &+ 1) &* 0x9e37_79b9_7f4a_7c15
                start.storeBytes(of: word.bigEndian, toByteOffset: offset, as: UInt64.self)
            }
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
    }
}

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
