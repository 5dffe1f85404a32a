import Wire

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
