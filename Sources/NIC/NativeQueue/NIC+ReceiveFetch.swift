internal import DequeModule
import Host
import Simulation
import Wire

/// Receiving, beside the frames: the engine keeps a stock of entries.
///
/// No doorbell tells it about new ones. When the stock is low it reads the doorbell record, and then the entries the
/// record tells of; a frame that finds the stock empty waits for the answer.
extension NIC {
    /// Reads more entries, or the doorbell record, when the stock is low and no read is under way.
    mutating func refill(_ number: Int, of function: FunctionID, at now: SimTime) {
        let index = Int(function.index)
        let queue = receiveQueue(number, of: function)
        guard !queue.pointee.engine.isBusy,
            queue.pointee.wq.held < parameters.receiveFetchThreshold
        else { return }
        let epoch = queue.pointee.epoch
        let count = min(
            parameters.receiveFetchEntryCount, queue.pointee.wq.unfetched)
        queue.pointee.engine.isBusy = true
        queue.pointee.engine.underway = UInt16(count)
        let done: SimTime
        let event: QueueEvent
        if count > 0 {
            let fetched = queue.pointee.wq.fetched
            let shift = Int(queue.pointee.wq.logStride)
            let offset = queue.pointee.wq.offset(of: fetched)
            let address = queue.pointee.wq.memory.address(of: offset).address
            done = link(of: function).pointee.read(of: function, byteCount: count << shift, address: address, at: now)
            event = .receiveEntries(queue: UInt32(number), epoch: epoch)
        } else {
            let address = queue.pointee.wq.doorbellRecordAddress
            done = link(of: function).pointee.read(of: function, byteCount: 4, address: address, at: now)
            event = .receiveDoorbellRecord(queue: UInt32(number), epoch: epoch)
        }
        events.schedule(.queue(function, generation: functions[index].generation, event), at: done)
    }

    /// The doorbell record is there.
    mutating func receiveRecordArrived(
        _ number: Int, of function: FunctionID, at now: SimTime, platform: inout Platform, medium: inout Medium
    ) {
        let index = Int(function.index)
        functions[index].resources.receiveQueues[number].engine.isBusy = false
        var record: UInt32 = 0
        do throws(DMAFault) {
            try withUnsafeMutableBytes(of: &record) { bytes throws(DMAFault) in
                let address = functions[index].resources.receiveQueues[number].wq.doorbellRecordAddress
                try platform.dmaRead(function, address, into: bytes, at: now)
            }
        } catch {
            failReceiveQueue(number, of: function, event: .wqAccessError, at: now, medium: &medium)
            return
        }
        let produced = UInt16(truncatingIfNeeded: UInt32(bigEndian: record))
        let consumed = functions[index].resources.receiveQueues[number].wq.consumed
        guard Int(produced &- consumed) <= functions[index].resources.receiveQueues[number].wq.entryCount else {
            failReceiveQueue(number, of: function, event: .wqCatastrophicError, at: now, medium: &medium)
            return
        }
        functions[index].resources.receiveQueues[number].wq.produced = produced
        if functions[index].resources.receiveQueues[number].wq.unfetched > 0 {
            refill(number, of: function, at: now)
        } else {
            dropWaiting(number, of: function, .outOfReceiveBuffers, at: now, medium: &medium)
        }
    }

    /// Entries have been read.
    mutating func receiveEntriesArrived(
        _ number: Int, of function: FunctionID, at now: SimTime, platform: inout Platform, medium: inout Medium
    ) {
        let index = Int(function.index)
        let count = functions[index].resources.receiveQueues[number].engine.underway
        functions[index].resources.receiveQueues[number].engine.isBusy = false
        functions[index].resources.receiveQueues[number].engine.underway = 0
        functions[index].resources.receiveQueues[number].wq.fetched &+= count
        serveWaiting(number, of: function, at: now, platform: &platform, medium: &medium)
        refill(number, of: function, at: now)
    }

    /// Ends the frames that wait for an entry of queue `number`.
    mutating func dropWaiting(
        _ number: Int, of function: FunctionID, _ reason: DropReason, at now: SimTime, medium: inout Medium
    ) {
        let index = Int(function.index)
        while let received = functions[index].resources.receiveQueues[number].engine.waiting.popFirst() {
            occupy(-bufferByteCount(of: received.frame, medium: medium), of: received.charge)
            if reason == .outOfReceiveBuffers {
                countReceive(of: number, function: index) { $0.outOfBuffer &+= 1 }
            }
            drop(received.frame, reason, at: function, .inbound, time: now, medium: &medium)
        }
    }
}
