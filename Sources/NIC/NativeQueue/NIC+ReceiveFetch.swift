internal import DequeModule
import Host
import Simulation
import Wire

/// Receiving, beside the frames: the engine keeps a stock of entries.
///
/// No doorbell tells it about new ones. When the stock, those that are on their way included, is low it reads more, or
/// the doorbell record once it knows of no more; a frame that finds no entry waits for the answer.
extension NIC {
    /// Reads more entries, or the doorbell record, when the stock is low and the engine has its hands free.
    mutating func refill(
        _ number: Int, of function: FunctionID, at now: SimTime, platform: inout Platform, medium: inout Medium
    ) {
        let queue = receiveQueue(number, of: function)
        while queue.pointee.state == .ready,
            queue.pointee.wq.held + Int(queue.pointee.engine.underway) < parameters.receiveFetchThreshold
        {
            let left = queue.pointee.wq.unfetched - Int(queue.pointee.engine.underway)
            guard left > 0 else {
                if !queue.pointee.engine.isReadingRecord {
                    readReceiveRecord(of: number, function: function, at: now, platform: &platform, medium: &medium)
                }
                return
            }
            guard Int(queue.pointee.engine.fetchCount) < parameters.receiveFetchLimitOfQueue else { return }
            fetch(min(parameters.receiveFetchEntryCount, left), of: number, function: function, at: now)
        }
    }

    /// Reads the next `count` entries: a read ends at the ring's end.
    private mutating func fetch(_ count: Int, of number: Int, function: FunctionID, at now: SimTime) {
        let queue = receiveQueue(number, of: function)
        let next = queue.pointee.wq.fetched &+ queue.pointee.engine.underway
        let offset = queue.pointee.wq.offset(of: next)
        let ring: UInt64 = 1 << UInt64(queue.pointee.wq.logSize + queue.pointee.wq.logStride)
        let shift = Int(queue.pointee.wq.logStride)
        let count = min(count, Int(ring - offset) >> shift)
        let address = queue.pointee.wq.memory.address(of: offset).address
        let done = link(of: function).pointee.read(
            of: function, byteCount: count << shift, address: address, at: now)
        queue.pointee.engine.fetchEnd = max(done, queue.pointee.engine.fetchEnd)
        queue.pointee.engine.fetchCount += 1
        queue.pointee.engine.underway += UInt16(count)
        let event = QueueEvent.receiveEntries(
            queue: UInt32(number), epoch: queue.pointee.epoch, count: UInt16(count))
        events.schedule(
            .queue(function, generation: functions[Int(function.index)].generation, event),
            at: queue.pointee.engine.fetchEnd)
    }

    /// Reads the doorbell record; what it says is what it says now.
    private mutating func readReceiveRecord(
        of number: Int, function: FunctionID, at now: SimTime, platform: inout Platform, medium: inout Medium
    ) {
        let queue = receiveQueue(number, of: function)
        let address = queue.pointee.wq.doorbellRecordAddress
        var record: UInt32 = 0
        do throws(DMAFault) {
            try withUnsafeMutableBytes(of: &record) { bytes throws(DMAFault) in
                try platform.dmaRead(function, address, into: bytes, at: now)
            }
        } catch {
            failReceiveQueue(number, of: function, event: .wqAccessError, at: now, medium: &medium)
            return
        }
        queue.pointee.engine.isReadingRecord = true
        queue.pointee.engine.recordMark = queue.pointee.engine.waitedCount
        queue.pointee.engine.record = UInt16(truncatingIfNeeded: UInt32(bigEndian: record))
        let done = link(of: function).pointee.read(of: function, byteCount: 4, address: address, at: now)
        let event = QueueEvent.receiveDoorbellRecord(queue: UInt32(number), epoch: queue.pointee.epoch)
        events.schedule(.queue(function, generation: functions[Int(function.index)].generation, event), at: done)
    }

    /// The doorbell record is there.
    mutating func receiveRecordArrived(
        _ number: Int, of function: FunctionID, at now: SimTime, platform: inout Platform, medium: inout Medium
    ) {
        let queue = receiveQueue(number, of: function)
        queue.pointee.engine.isReadingRecord = false
        guard queue.pointee.state == .ready else { return }
        let produced = queue.pointee.engine.record
        let consumed = queue.pointee.wq.consumed
        guard Int(produced &- consumed) <= queue.pointee.wq.entryCount else {
            failReceiveQueue(number, of: function, event: .wqCatastrophicError, at: now, medium: &medium)
            return
        }
        queue.pointee.wq.produced = produced
        if queue.pointee.wq.unfetched > 0 {
            refill(number, of: function, at: now, platform: &platform, medium: &medium)
        } else if queue.pointee.wq.held == 0 {
            while let received = queue.pointee.engine.popBeforeRecord() {
                countReceive(of: number, function: Int(function.index)) { $0.outOfBuffer &+= 1 }
                dropWaiting(received, of: function, .outOfReceiveBuffers, at: now, medium: &medium)
            }
            // For frames that have come since, buffers may have been posted since.
            if !queue.pointee.engine.waiting.isEmpty {
                refill(number, of: function, at: now, platform: &platform, medium: &medium)
            }
        }
    }

    /// `count` entries have been read.
    mutating func receiveEntriesArrived(
        _ number: Int, count: UInt16, of function: FunctionID, at now: SimTime, platform: inout Platform,
        medium: inout Medium
    ) {
        let queue = receiveQueue(number, of: function)
        queue.pointee.engine.fetchCount -= 1
        queue.pointee.engine.underway -= count
        queue.pointee.wq.fetched &+= count
        if !queue.pointee.engine.waiting.isEmpty {
            putInReceiveLine(number, of: function, at: now)
            runReceiveLine(functions[Int(function.index)].link, at: now, platform: &platform, medium: &medium)
        }
        refill(number, of: function, at: now, platform: &platform, medium: &medium)
    }

    /// Ends the frames that wait at queue `number`.
    mutating func dropWaiting(
        _ number: Int, of function: FunctionID, _ reason: DropReason, at now: SimTime, medium: inout Medium
    ) {
        let queue = receiveQueue(number, of: function)
        while let received = queue.pointee.engine.waiting.popFirst() {
            dropWaiting(received, of: function, reason, at: now, medium: &medium)
        }
    }

    private mutating func dropWaiting(
        _ received: ReceivedFrame, of function: FunctionID, _ reason: DropReason, at now: SimTime,
        medium: inout Medium
    ) {
        occupy(-bufferByteCount(of: received.frame, medium: medium), of: received.charge)
        drop(received.frame, reason, at: function, .inbound, time: now, medium: &medium)
    }
}
