import Host
import Simulation
import Wire

/// A send ring: entries of 64-byte blocks, none of which crosses the ring's end (section 5.1).
struct SendRing {
    /// What an entry will give back when it completes, noted at its first block.
    struct Note {
        /// Buffer of the pool it came from; all ones for none.
        var buffer: UInt32 = .max
        /// Blocks of the entry.
        var blockCount: UInt16 = 0
        /// The buffer belongs to the channel's receive pool rather than to its send pool.
        var isReceiveBuffer = false
    }

    let ring: RingMemory
    let logSize: Int
    let record: UnsafeMutableRawPointer
    let recordAddress: UInt64
    /// Buffers of frames made here; a ring that sends no frames has none.
    var pool: BufferPool?
    let notes: UnsafeMutablePointer<Note>
    let key: UInt32
    var number: UInt32 = 0
    /// Blocks posted and completed.
    var producer: UInt16 = 0
    var consumer: UInt16 = 0
    /// First block of the last entry posted.
    var last: UInt16 = 0
    /// Entries posted since the doorbell was rung.
    var unrungCount = 0
    var isFailed = false

    init(
        ring: RingMemory, logSize: Int, record: UnsafeMutableRawPointer, recordAddress: UInt64, pool: BufferPool?,
        key: UInt32
    ) {
        self.ring = ring
        self.logSize = logSize
        self.record = record
        self.recordAddress = recordAddress
        self.pool = pool
        self.key = key
        notes = .allocate(capacity: 1 << logSize)
        notes.initialize(repeating: Note(), count: 1 << logSize)
    }

    @inline(__always) var size: Int { 1 << logSize }
    @inline(__always) var freeBlockCount: Int { size - Int(producer &- consumer) }

    /// Whether an entry of `blockCount` blocks fits, with the padding that may have to precede it.
    @inline(__always) func hasRoom(forBlocks blockCount: Int) -> Bool { freeBlockCount >= 2 * blockCount }

    /// Where an entry of `blockCount` blocks starts: the ring is padded with NOPs up to its end when it must be.
    @inline(__always) mutating func reserve(_ blockCount: Int) -> Int {
        var index = Int(producer) & (size - 1)
        if index + blockCount > size {
            while index != 0 {
                postNOP(completion: .onErrorOnly)
                index = Int(producer) & (size - 1)
            }
        }
        return index
    }

    /// Posts an entry that does nothing.
    mutating func postNOP(completion: CompletionMode) {
        let index = Int(producer) & (size - 1)
        WQEControlSegment(
            .nop, queueNumber: number, wqeIndex: producer, segmentCount: 1, completion: completion
        ).encode(into: ring.bytes(at: index * 64, count: 16))
        notes[index] = Note(blockCount: 1)
        commit(1)
    }

    /// Posts a frame in one piece of memory, without a completion of its own.
    ///
    /// `inlineHeaderByteCount` bytes at `header` go into the entry; the rest, `byteCount` bytes, lie at `address`.
    @inline(__always) mutating func postFrame(
        address: UInt64, byteCount: Int, ethernet: WQEEthernetSegment, opcode: SendOpcode,
        header: UnsafeRawPointer?, inlineHeaderByteCount: Int, note: Note
    ) {
        let headerSegments = WQEEthernetSegment.segmentCount(forInlineHeaderByteCount: inlineHeaderByteCount)
        let segmentCount = 3 + headerSegments
        let blockCount = (segmentCount + 3) / 4
        let index = reserve(blockCount)
        let entry = ring.bytes(at: index * 64, count: blockCount * 64)
        WQEControlSegment(opcode, queueNumber: number, wqeIndex: producer, segmentCount: UInt8(segmentCount))
            .encode(into: entry)
        var ethernet = ethernet
        if inlineHeaderByteCount > 0, let header {
            let first = UInt16(bigEndian: header.loadUnaligned(as: UInt16.self))
            ethernet.setInlineHeader(byteCount: inlineHeaderByteCount, first: first)
            ethernet.encode(into: entry, at: 16)
            if inlineHeaderByteCount > 2 {
                entry.piece(from: 32).copyMemory(
                    from: UnsafeRawBufferPointer(start: header + 2, count: inlineHeaderByteCount - 2))
            }
        } else {
            ethernet.encode(into: entry, at: 16)
        }
        WQEDataSegment(byteCount: UInt32(byteCount), lkey: key, address: address)
            .encode(into: entry, at: 32 + headerSegments * 16)
        notes[index] = note
        notes[index].blockCount = UInt16(blockCount)
        commit(blockCount)
    }

    @inline(__always) private mutating func commit(_ blockCount: Int) {
        last = producer
        producer &+= UInt16(blockCount)
        unrungCount += 1
    }

    /// Asks for a completion of the last entry, publishes the producer, and returns the doorbell to be written.
    @inline(__always) mutating func finishBatch(completion: CompletionMode = .completion) -> UInt64 {
        let index = Int(last) & (size - 1)
        let entry = ring.bytes(at: index * 64, count: 16)
        var control = WQEControlSegment(decoding: UnsafeRawBufferPointer(entry))
        control.completionModeValue = completion.rawValue
        control.encode(into: entry)
        record.storeBytes(of: UInt32(producer).bigEndian, toByteOffset: 4, as: UInt32.self)
        unrungCount = 0
        return control.doorbell
    }

    /// The doorbell of the last entry, which rings again for what is posted already.
    var lastDoorbell: UInt64 {
        WQEControlSegment(decoding: UnsafeRawBufferPointer(ring.bytes(at: (Int(last) & (size - 1)) * 64, count: 16)))
            .doorbell
    }

    /// Starts counting from zero, as the device does after RST; nothing may be outstanding.
    mutating func restart() {
        precondition(consumer == producer, "entries are outstanding")
        producer = 0
        consumer = 0
        last = 0
        unrungCount = 0
        record.storeBytes(of: 0, toByteOffset: 4, as: UInt32.self)
    }

    func deallocate() {
        ring.deallocate()
        pool?.deallocate()
        notes.deallocate()
    }
}
