import Host
import Simulation
import Wire

/// Sending, fourth part: the bytes of a frame are read straight into the frame.
extension NIC {
    /// A place in the data that an entry names.
    struct DataCursor: BitwiseCopyable {
        /// Offset of the current segment in the entry, and of the entry's end.
        var segment: Int
        let end: Int
        /// Bytes of the current segment that were taken.
        var taken = 0

        init(_ entry: SendEntry) {
            segment = entry.dataOffset
            end = entry.endOffset
        }

        /// Moves on by `byteCount` without reading.
        mutating func skip(_ byteCount: Int, in bytes: UnsafeRawBufferPointer) {
            var left = byteCount
            while left > 0, segment < end {
                let data = WQEDataSegment(decoding: bytes, at: segment)
                let step = min(left, Int(data.byteCount) - taken)
                taken += step
                left -= step
                if taken == Int(data.byteCount) {
                    segment += data.stride
                    taken = 0
                }
            }
        }
    }

    /// Checks the keys of all data that `entry` names.
    @inline(__always)
    mutating func checkKeys(
        of entry: SendEntry, _ bytes: UnsafeRawBufferPointer, queue number: Int, function index: Int
    ) throws(CompletionSyndrome) {
        let queue = functions.pointer(to: index).pointee.resources.sendQueues.pointer(to: number)
        let domain = queue.pointee.wq.protectionDomain
        let reserved = queue.pointee.mayUseReservedKey ? parameters.reservedKey : nil
        var place = entry.dataOffset
        while place < entry.endOffset {
            let data = WQEDataSegment(decoding: bytes, at: place)
            place += data.stride
            if data.isInline { continue }
            guard
                functions[index].resources.permits(
                    .localRead, Int(data.byteCount), at: data.address, key: data.lkey, domain: domain,
                    reservedKey: reserved)
            else { throw .localProtection }
        }
    }

    /// Reads `target.count` bytes of data from `cursor` on; returns when the last of them is there.
    ///
    /// - Precondition: `checkKeys` has accepted the entry.
    @inline(__always)
    mutating func gather(
        into target: UnsafeMutableRawBufferPointer, _ cursor: inout DataCursor, _ bytes: UnsafeRawBufferPointer,
        queue number: Int, function: FunctionID, at time: SimTime, platform: inout Platform
    ) throws(DMAFault) -> SimTime {
        let index = Int(function.index)
        let reserved = sendQueue(number, of: function).pointee.mayUseReservedKey ? parameters.reservedKey : nil
        var done = time
        var place = 0
        while place < target.count, cursor.segment < cursor.end {
            let data = WQEDataSegment(decoding: bytes, at: cursor.segment)
            var count = min(target.count - place, Int(data.byteCount) - cursor.taken)
            if count > 0 {
                if data.isInline {
                    let start = cursor.segment + WQEDataSegment.inlineDataOffset + cursor.taken
                    let source = bytes.piece(from: start, count: count)
                    target.piece(from: place).copyMemory(from: source)
                } else {
                    let run = functions[index].resources.run(
                        count, at: data.address &+ UInt64(cursor.taken), key: data.lkey, reservedKey: reserved)
                    count = run.byteCount
                    done = max(
                        done,
                        link(of: function).pointee.read(of: function, byteCount: count, address: run.address, at: time))
                    let piece = target.piece(from: place, count: count)
                    try platform.dmaRead(function, run.address, into: piece, at: time)
                }
            }
            place += count
            cursor.taken += count
            if cursor.taken == Int(data.byteCount) {
                cursor.segment += data.stride
                cursor.taken = 0
            }
        }
        return done
    }

    /// The journey of the packet that lies where `entry`'s data starts, if it came in through a NIC; otherwise a new
    /// one, which starts when the doorbell arrived.
    @inline(__always)
    mutating func journey(
        of entry: SendEntry, _ bytes: UnsafeRawBufferPointer, queue number: Int, function: FunctionID, at now: SimTime,
        platform: inout Platform, medium: inout Medium
    ) -> Journey {
        let index = Int(function.index)
        let queue = sendQueue(number, of: function)
        var journey = Journey(birth: queue.pointee.engine.doorbellTime)
        if entry.dataOffset < entry.endOffset {
            let data = WQEDataSegment(decoding: bytes, at: entry.dataOffset)
            if !data.isInline {
                let reserved =
                    queue.pointee.mayUseReservedKey ? parameters.reservedKey : nil
                let run = functions[index].resources.run(1, at: data.address, key: data.lkey, reservedKey: reserved)
                let tag = platform.tag(function, at: run.address)
                // A large send may be taken up again.
                let parked =
                    entry.control.opcode == .lso
                    ? medium.frames.parkedJourney(tag) : medium.frames.takeParkedJourney(tag)
                if let parked { journey = parked }
            }
        }
        journey.spend(on: .software, until: queue.pointee.engine.doorbellTime)
        journey.spend(on: .doorbell, until: queue.pointee.engine.fetchStart)
        journey.spend(on: .descriptorFetch, until: now)
        return journey
    }
}
