import Host
import Wire

/// An event queue in host memory (sections 5.4 and 5.5).
struct EventRing {
    let role: EventQueueRole
    let ring: RingMemory
    let logSize: Int
    var number: UInt8 = 0
    /// The device has made the queue, so that the number is its.
    var isMade = false
    var consumer: UInt32 = 0

    /// Every entry is given to the device: owner 1.
    init(role: EventQueueRole, ring: RingMemory, logSize: Int) {
        self.role = role
        self.ring = ring
        self.logSize = logSize
        for index in 0..<1 << logSize {
            ring.pointer(at: index * 64).storeBytes(of: 1, toByteOffset: 63, as: UInt8.self)
        }
    }

    /// Whether the device has written an event that was not read.
    var hasNext: Bool {
        let offset = Int(consumer) & (1 << logSize - 1)
        return ring.bytes(at: offset * 64, count: 64)[63] & 1
            == UInt8(truncatingIfNeeded: consumer >> UInt32(logSize) & 1)
    }

    /// The next event the device has written, if any.
    @inline(__always) mutating func next() -> EventQueueEntry? {
        let offset = Int(consumer) & (1 << logSize - 1)
        let entry = ring.bytes(at: offset * 64, count: 64)
        let owner = entry[63] & 1
        guard owner == UInt8(truncatingIfNeeded: consumer >> UInt32(logSize) & 1) else { return nil }
        consumer &+= 1
        return EventQueueEntry(decoding: UnsafeRawBufferPointer(entry))
    }

    /// What is written to the doorbell page.
    var doorbell: UInt32 { EQDoorbell(eqn: number, consumerIndex: consumer).rawValue }
}
