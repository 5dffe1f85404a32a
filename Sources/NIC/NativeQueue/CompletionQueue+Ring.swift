import Host
import Simulation
import Wire

extension CompletionQueue {
    /// Counters have so many bits.
    static let counterMask: UInt32 = 0xff_ffff

    /// What follows a completion.
    enum Consequence { case nothing, event, timer(SimTime) }

    @inline(__always) private var nextOffset: UInt64 {
        let entry = isCollapsed ? 0 : UInt64(producer & ((1 << logSize) - 1))
        return entry << logEntryByteCount
    }

    /// The I/O virtual address of the entry that the next completion will have.
    ///
    /// It changes nothing; a getter would have the whole queue copied.
    @inline(__always) mutating func nextAddress() -> UInt64 {
        let entry = isCollapsed ? 0 : UInt64(issued & ((1 << logSize) - 1))
        return memory.address(of: entry << logEntryByteCount).address
    }

    /// Whether another completion fits; looks at the doorbell record when it seems not to.
    mutating func hasRoom(
        of function: FunctionID, at now: SimTime, link: UnsafeMutablePointer<PCIeLink>, platform: inout Platform
    ) -> Bool {
        if ignoresOverrun || isCollapsed { return true }
        let size: UInt32 = 1 << logSize
        if (issued &- consumer) & Self.counterMask < size { return true }
        var record: UInt32 = 0
        let address = doorbellRecordAddress &+ UInt64(DoorbellRecord.cqConsumerIndex)
        // It costs link time; that the answer would come later is left out, as nothing else waits for it.
        _ = link.pointee.read(of: function, byteCount: 4, address: address, at: now)
        do throws(DMAFault) {
            try withUnsafeMutableBytes(of: &record) { bytes throws(DMAFault) in
                try platform.dmaRead(function, address, into: bytes, at: now)
            }
        } catch { return false }
        consumer = UInt32(bigEndian: record) & Self.counterMask
        return (issued &- consumer) & Self.counterMask < size
    }

    /// Writes `entry` as the next one, with its owner bit; 128-byte entries hold it in their upper half.
    mutating func write(
        _ entry: CompletionQueueEntry, of function: FunctionID, at now: SimTime, platform: inout Platform
    ) throws(DMAFault) {
        var entry = entry
        entry.owner = CompletionQueueEntry.owner(ofProducer: producer, logSize: logSize)
        let half: UInt64 = entrySize == .bytes64 ? 0 : 64
        let address = memory.address(of: nextOffset).address + half
        var bytes = InlineArray<8, UInt64>(repeating: 0)
        try withUnsafeMutableBytes(of: &bytes) { buffer throws(DMAFault) in
            entry.encode(into: buffer)
            try platform.dmaWrite(function, address, from: UnsafeRawBufferPointer(buffer), at: now)
        }
        producer = (producer &+ 1) & Self.counterMask
    }

    /// Counts a completion towards the next event.
    mutating func afterCompletion(isSolicited: Bool, at now: SimTime) -> Consequence {
        switch arm {
        case .fired: return .nothing
        case .solicitedArmed: return isSolicited ? .event : .nothing
        case .armed: break
        }
        guard period > 0, !(isSolicited && solicitedBreaksModeration) else { return .event }
        moderation.count += 1
        if maximumCount > 0, moderation.count >= maximumCount { return .event }
        let length = SimDuration.microseconds(UInt64(period))
        if periodMode == CQPeriodMode.fromCQE.rawValue {
            moderation.due = now + length
        } else if !moderation.isTiming {
            moderation.due = moderation.lastEvent + length
            if moderation.due <= now { return .event }
        }
        if moderation.isTiming { return .nothing }
        moderation.isTiming = true
        moderation.generation &+= 1
        return .timer(moderation.due)
    }

    /// Notes that the event was raised.
    mutating func fire(at now: SimTime) {
        arm = .fired
        lastNotified = issued
        moderation.count = 0
        moderation.isTiming = false
        moderation.lastEvent = now
    }

    /// Arms the queue; whether a completion that is there already raises the event at once.
    mutating func arm(consumer index: UInt32, solicitedOnly: Bool) -> Bool {
        consumer = index & Self.counterMask
        arm = solicitedOnly ? .solicitedArmed : .armed
        // Distances of half the counter's range and more mean the other way round.
        let reached = solicitedOnly ? lastSolicited : issued
        let ahead = (reached &- consumer) & Self.counterMask
        return ahead != 0 && ahead < 1 << 23
    }
}
