internal import DequeModule
package import Host
package import Simulation
import Wire

/// Sending, first part: from the doorbell to the entries being inside the silicon.
///
/// A doorbell makes the engine read the queue's doorbell record, which says how far the driver has come, and with it
/// the first entries. What more there is waits for the scheduler, which reads one burst of entries at a time.
extension NIC {
    /// Send queue `number` has work; `hint` is the index of the last entry, as the doorbell has it.
    package mutating func sendQueueDoorbell(
        _ number: Int, hint: UInt16? = nil, function: FunctionID, at now: SimTime
    ) {
        let index = Int(function.index)
        guard functions[index].reachesMemory,
            functions[index].resources.sendQueues.contains(number),
            functions[index].resources.sendQueues[number].state != .reset
        else { return }
        if functions[index].resources.sendQueues[number].engine.isReadingRecord {
            functions[index].resources.sendQueues[number].engine.hasNewDoorbell = true
            return
        }
        functions[index].resources.sendQueues[number].engine.doorbellTime = now
        readSendRecord(of: number, hint: hint, function: function, at: now + parameters.doorbellLatency)
    }

    /// Reads the doorbell record, and with it entries as far as the hint goes when the engine has nothing else to do.
    private mutating func readSendRecord(of number: Int, hint: UInt16?, function: FunctionID, at time: SimTime) {
        let index = Int(function.index)
        var count: UInt16 = 0
        let wq = functions[index].resources.sendQueues[number].wq
        let address = wq.doorbellRecordAddress &+ UInt64(DoorbellRecord.sendCounter)
        var done = link(of: function).pointee.read(of: function, byteCount: 4, address: address, at: time)
        let engine = functions[index].resources.sendQueues[number].engine
        let isIdle = engine.fetchCount == 0 && !engine.isScheduled && wq.held == 0
        if let hint, isIdle, functions[index].resources.sendQueues[number].state == .ready {
            // A hint that is not ahead, as of a doorbell rung again, tells of no entries.
            let ahead = Int(hint &- wq.fetched &+ 1)
            count = ahead > wq.entryCount ? 0 : UInt16(min(ahead, parameters.sendFetchEntryCount))
        }
        if count > 0 {
            done = max(done, fetchTime(of: wq, function: function, count: Int(count), at: time))
        }
        functions[index].resources.sendQueues[number].engine.isReadingRecord = true
        functions[index].resources.sendQueues[number].engine.hasNewDoorbell = false
        functions[index].resources.sendQueues[number].engine.fetchStart = time
        let epoch = functions[index].resources.sendQueues[number].epoch
        let event = QueueEvent.sendDoorbellRecord(queue: UInt32(number), epoch: epoch, count: count)
        events.schedule(.queue(function, generation: functions[index].generation, event), at: done)
    }

    /// When a read of `count` entries of `wq` from its next one on comes back.
    private mutating func fetchTime(
        of wq: WorkQueue, function: FunctionID, count: Int, at time: SimTime
    ) -> SimTime {
        let start = wq.offset(of: wq.fetched)
        let ring: UInt64 = 1 << UInt64(wq.logSize + wq.logStride)
        let byteCount = count << Int(wq.logStride)
        let first = min(byteCount, Int(ring - start))
        var done = link(of: function).pointee.read(
            of: function, byteCount: first, address: wq.memory.address(of: start).address, at: time)
        if first < byteCount {
            let rest = link(of: function).pointee.read(
                of: function, byteCount: byteCount - first, address: wq.memory.address(of: 0).address, at: time)
            done = max(done, rest)
        }
        return done
    }

    /// The doorbell record is there, and `count` entries with it.
    mutating func sendRecordArrived(
        _ number: Int, count: UInt16, of function: FunctionID, at now: SimTime, platform: inout Platform,
        medium: inout Medium
    ) {
        let index = Int(function.index)
        let address = functions[index].resources.sendQueues[number].wq.doorbellRecordAddress
        functions[index].resources.sendQueues[number].engine.isReadingRecord = false
        functions[index].resources.sendQueues[number].engine.fetchEnd = now
        var record: UInt32 = 0
        do throws(DMAFault) {
            try withUnsafeMutableBytes(of: &record) { bytes throws(DMAFault) in
                try platform.dmaRead(function, address &+ UInt64(DoorbellRecord.sendCounter), into: bytes, at: now)
            }
        } catch {
            failSendQueue(number, of: function, event: .wqAccessError, at: now)
            return
        }
        let produced = UInt16(truncatingIfNeeded: UInt32(bigEndian: record))
        let entryCount = functions[index].resources.sendQueues[number].wq.entryCount
        let consumed = functions[index].resources.sendQueues[number].wq.consumed
        guard Int(produced &- consumed) <= entryCount else {
            failSendQueue(number, of: function, event: .wqCatastrophicError, at: now)
            return
        }
        functions[index].resources.sendQueues[number].wq.produced = produced
        if functions[index].resources.sendQueues[number].state == .error {
            scheduleSendFlush(of: number, function: function, at: now)
            return
        }
        let got = min(count, produced &- functions[index].resources.sendQueues[number].wq.fetched)
        functions[index].resources.sendQueues[number].wq.fetched &+= got
        if functions[index].resources.sendQueues[number].engine.hasNewDoorbell {
            readSendRecord(of: number, hint: nil, function: function, at: now)
        }
        sendFetched(number, of: function, at: now, platform: &platform, medium: &medium)
        putInLine(number, of: function)
        runScheduler(at: now, platform: &platform, medium: &medium)
    }

    /// `count` entries have been read.
    mutating func sendEntriesArrived(
        _ number: Int, count: UInt16, of function: FunctionID, at now: SimTime, platform: inout Platform,
        medium: inout Medium
    ) {
        let index = Int(function.index)
        functions[index].resources.sendQueues[number].engine.fetchCount -= 1
        functions[index].resources.sendQueues[number].engine.underway -= count
        functions[index].resources.sendQueues[number].engine.fetchEnd = now
        functions[index].resources.sendQueues[number].wq.fetched &+= count
        sendFetched(number, of: function, at: now, platform: &platform, medium: &medium)
        putInLine(number, of: function)
        runScheduler(at: now, platform: &platform, medium: &medium)
    }

    /// Puts the queue in line for the scheduler when it has entries that nobody is reading.
    mutating func putInLine(_ number: Int, of function: FunctionID) {
        let index = Int(function.index)
        let state = functions[index].resources.sendQueues[number].state
        let engine = functions[index].resources.sendQueues[number].engine
        let left = functions[index].resources.sendQueues[number].wq.unfetched - Int(engine.underway)
        guard state == .ready, !engine.isScheduled, left > 0 || engine.isStalled else { return }
        functions[index].resources.sendQueues[number].engine.isScheduled = true
        let epoch = functions[index].resources.sendQueues[number].epoch
        scheduler.line.append(
            .init(
                function: function, generation: functions[index].generation, epoch: epoch, queue: UInt32(number)))
    }

    /// Gives queues their turns for as long as reads and room in the send buffer last.
    mutating func runScheduler(at now: SimTime, platform: inout Platform, medium: inout Medium) {
        var turnsLeft = scheduler.line.count
        while turnsLeft > 0, scheduler.fetchCount < parameters.sendFetchLimit {
            guard hasRoomToSend(at: now) else {
                wakeScheduler(at: now)
                return
            }
            guard let turn = scheduler.line.popFirst() else { return }
            turnsLeft -= 1
            let index = Int(turn.function.index)
            let number = Int(turn.queue)
            guard functions.contains(index), functions[index].generation == turn.generation,
                functions[index].resources.sendQueues.contains(number),
                functions[index].resources.sendQueues[number].epoch == turn.epoch
            else { continue }
            // A vport that has sent ahead of its rate gets its turns when its frames have left.
            guard takesMore(turn.function) else {
                scheduler.line.append(turn)
                continue
            }
            functions[index].resources.sendQueues[number].engine.isScheduled = false
            guard functions[index].resources.sendQueues[number].state == .ready else { continue }
            if functions[index].resources.sendQueues[number].engine.isStalled {
                sendFetched(number, of: turn.function, at: now, platform: &platform, medium: &medium)
                // Nothing that this turn began will come back here: the queue goes on now, or the port wakes it.
                turnsLeft += 1
            } else {
                fetchBurst(of: number, function: turn.function, at: now)
            }
            putInLine(number, of: turn.function)
        }
        // A queue that ran out of room in its turn is not served again until there is some.
        if scheduler.line.count > 0, !hasRoomToSend(at: now) { wakeScheduler(at: now) }
    }

    /// Reads the next burst of entries, unless the queue has enough reads under way.
    private mutating func fetchBurst(of number: Int, function: FunctionID, at now: SimTime) {
        let index = Int(function.index)
        var wq = functions[index].resources.sendQueues[number].wq
        let engine = functions[index].resources.sendQueues[number].engine
        let count = min(parameters.sendFetchEntryCount, wq.unfetched - Int(engine.underway))
        guard count > 0, Int(engine.fetchCount) < parameters.sendFetchLimitOfQueue else { return }
        wq.fetched &+= engine.underway
        let done = max(fetchTime(of: wq, function: function, count: count, at: now), engine.fetchEnd)
        functions[index].resources.sendQueues[number].engine.fetchStart = now
        functions[index].resources.sendQueues[number].engine.fetchEnd = done
        functions[index].resources.sendQueues[number].engine.fetchCount += 1
        functions[index].resources.sendQueues[number].engine.underway += UInt16(count)
        scheduler.fetchCount += 1
        let epoch = functions[index].resources.sendQueues[number].epoch
        let event = QueueEvent.sendEntries(queue: UInt32(number), epoch: epoch, count: UInt16(count))
        events.schedule(.queue(function, generation: functions[index].generation, event), at: done)
    }
}
