internal import DequeModule
package import Host
package import Simulation
import Wire

/// Sending, first part: from the doorbell to the entries being inside the silicon.
///
/// A doorbell makes the engine read the queue's doorbell record, which says how far the driver has come, and with it
/// the first entries. What more there is waits for its turn, in which one burst of entries is read.
extension NIC {
    /// Send queue `number` has work; `hint` is the index of the last entry, as the doorbell has it.
    package mutating func sendQueueDoorbell(
        _ number: Int, hint: UInt16? = nil, function: FunctionID, at now: SimTime, platform: inout Platform
    ) {
        let index = Int(function.index)
        guard functions[index].reachesMemory,
            functions[index].resources.sendQueues.contains(number),
            functions[index].resources.sendQueues[number].state != .reset
        else { return }
        if functions[index].resources.sendQueues[number].engine.isReadingRecord {
            functions[index].resources.sendQueues[number].engine.hasNewDoorbell = true
            functions[index].resources.sendQueues[number].engine.newHint = hint
            return
        }
        functions[index].resources.sendQueues[number].engine.doorbellTime = now
        readSendRecord(
            of: number, hint: hint, function: function, at: now, delay: parameters.doorbellLatency, platform: &platform)
    }

    /// Reads the doorbell record, and with it entries as far as the hint goes, unless others of the queue wait to be read.
    ///
    /// What the record says is what it says now: what the driver stores while the answer is on its way is of the
    /// next doorbell.
    private mutating func readSendRecord(
        of number: Int, hint: UInt16?, function: FunctionID, at now: SimTime, delay: SimDuration,
        platform: inout Platform
    ) {
        let index = Int(function.index)
        var count: UInt16 = 0
        var wq = functions[index].resources.sendQueues[number].wq
        let address = wq.doorbellRecordAddress &+ UInt64(DoorbellRecord.sendCounter)
        var record: UInt32 = 0
        do throws(DMAFault) {
            try withUnsafeMutableBytes(of: &record) { bytes throws(DMAFault) in
                try platform.dmaRead(function, address, into: bytes, at: now)
            }
        } catch {
            failSendQueue(number, of: function, event: .wqAccessError, at: now)
            return
        }
        let time = now + delay
        var done = link(of: function).pointee.read(of: function, byteCount: 4, address: address, at: time)
        let queue = sendQueue(number, of: function)
        wq.fetched &+= queue.pointee.engine.underway
        if let hint, !queue.pointee.engine.isInFetchLine, queue.pointee.state == .ready {
            // A hint that is not ahead, as of a doorbell rung again, tells of no entries.
            let ahead = Int(hint &- wq.fetched &+ 1)
            let room = parameters.sendFetchEntryCount * parameters.sendFetchLimitOfQueue - wq.held
            count = ahead > wq.entryCount ? 0 : UInt16(max(0, min(ahead, parameters.sendFetchEntryCount, room)))
        }
        if count > 0 {
            done = max(done, fetchTime(of: wq, function: function, count: Int(count), at: time))
            done = max(done, queue.pointee.engine.fetchEnd)
            queue.pointee.engine.fetchEnd = done
            queue.pointee.engine.underway += count
        }
        queue.pointee.engine.isReadingRecord = true
        queue.pointee.engine.record = UInt16(truncatingIfNeeded: UInt32(bigEndian: record))
        queue.pointee.engine.hasNewDoorbell = false
        queue.pointee.engine.fetchStart = time
        let event = QueueEvent.sendDoorbellRecord(queue: UInt32(number), epoch: queue.pointee.epoch, count: count)
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
        let queue = sendQueue(number, of: function)
        queue.pointee.engine.isReadingRecord = false
        queue.pointee.engine.underway -= count
        let produced = queue.pointee.engine.record
        guard Int(produced &- queue.pointee.wq.consumed) <= queue.pointee.wq.entryCount else {
            failSendQueue(number, of: function, event: .wqCatastrophicError, at: now)
            return
        }
        queue.pointee.wq.produced = produced
        if queue.pointee.state == .error {
            scheduleSendFlush(of: number, function: function, at: now)
            return
        }
        queue.pointee.wq.fetched &+= min(count, produced &- queue.pointee.wq.fetched)
        if queue.pointee.engine.hasNewDoorbell {
            readSendRecord(
                of: number, hint: queue.pointee.engine.newHint, function: function, at: now, delay: .zero,
                platform: &platform)
        }
        putInLine(number, of: function)
        putInFetchLine(number, of: function)
        runScheduler(at: now, platform: &platform, medium: &medium)
    }

    /// `count` entries have been read.
    mutating func sendEntriesArrived(
        _ number: Int, count: UInt16, of function: FunctionID, at now: SimTime, platform: inout Platform,
        medium: inout Medium
    ) {
        let queue = sendQueue(number, of: function)
        queue.pointee.engine.fetchCount -= 1
        queue.pointee.engine.underway -= count
        queue.pointee.wq.fetched &+= count
        putInLine(number, of: function)
        putInFetchLine(number, of: function)
        runScheduler(at: now, platform: &platform, medium: &medium)
    }

    /// Puts the queue in line for the next burst when it has entries that nobody is reading, and room for them.
    mutating func putInFetchLine(_ number: Int, of function: FunctionID) {
        let queue = sendQueue(number, of: function)
        guard queue.pointee.state == .ready, !queue.pointee.engine.isInFetchLine, burst(of: queue) > 0 else { return }
        queue.pointee.engine.isInFetchLine = true
        scheduler.fetchLine.append(turn(of: number, function))
    }

    /// Entries that the next read of `queue` brings; zero when the engine has its hands full.
    @inline(__always) private func burst(of queue: UnsafeMutablePointer<SendQueue>) -> Int {
        let underway = Int(queue.pointee.engine.underway)
        let stock = parameters.sendFetchEntryCount * parameters.sendFetchLimitOfQueue
        guard Int(queue.pointee.engine.fetchCount) < parameters.sendFetchLimitOfQueue,
            queue.pointee.wq.held + underway < stock
        else { return 0 }
        return min(parameters.sendFetchEntryCount, queue.pointee.wq.unfetched - underway)
    }

    /// Reads bursts of entries for as many queues as reads may be under way.
    mutating func readEntries(at now: SimTime) {
        while scheduler.fetchCount < parameters.sendFetchLimit, let turn = scheduler.fetchLine.popFirst() {
            guard let queue = queue(of: turn) else { continue }
            queue.pointee.engine.isInFetchLine = false
            let count = burst(of: queue)
            guard queue.pointee.state == .ready, count > 0 else { continue }
            var wq = queue.pointee.wq
            wq.fetched &+= queue.pointee.engine.underway
            let time = fetchTime(of: wq, function: turn.function, count: count, at: now)
            let done = max(time, queue.pointee.engine.fetchEnd)
            queue.pointee.engine.fetchStart = now
            queue.pointee.engine.fetchEnd = done
            queue.pointee.engine.fetchCount += 1
            queue.pointee.engine.underway += UInt16(count)
            scheduler.fetchCount += 1
            let event = QueueEvent.sendEntries(queue: turn.queue, epoch: turn.epoch, count: UInt16(count))
            events.schedule(.queue(turn.function, generation: turn.generation, event), at: done)
            putInFetchLine(Int(turn.queue), of: turn.function)
        }
    }
}
