import Host
import Simulation
import Wire

extension NativeEventQueue {
    /// Entries the driver has not consumed, those that are on their way included.
    var held: UInt32 { (producer &+ UInt32(posting.count) &- consumer) & CompletionQueue.counterMask }

    /// Whether another entry fits.
    var hasRoom: Bool { ignoresOverrun || held < 1 << logSize }

    /// The I/O virtual address of the entry `count` behind the next one.
    mutating func address(ahead count: UInt32) -> UInt64 {
        memory.address(of: UInt64((producer &+ count) & ((1 << logSize) - 1)) * UInt64(EventQueueEntry.byteCount))
            .address
    }

    /// Writes `entry` as the next one, with its owner bit.
    mutating func write(
        _ entry: EventQueueEntry, of function: FunctionID, at now: SimTime, platform: inout Platform
    ) throws(DMAFault) {
        var entry = entry
        entry.owner = producer >> logSize & 1 != 0
        var bytes = InlineArray<8, UInt64>(repeating: 0)
        let address = address(ahead: 0)
        try withUnsafeMutableBytes(of: &bytes) { buffer throws(DMAFault) in
            entry.encode(into: buffer)
            try platform.dmaWrite(function, address, from: UnsafeRawBufferPointer(buffer), at: now)
        }
        producer = (producer &+ 1) & CompletionQueue.counterMask
    }
}
