package import Host
package import Simulation
package import Wire

/// States of receive queues: what their changes do to entries and frames under way.
extension NIC {
    /// The state of receive queue `number` becomes `state` (MODIFY_RQ; or RST before DESTROY_RQ).
    package mutating func setReceiveQueueState(
        _ state: QueueState, of number: Int, function: FunctionID, at now: SimTime, platform: inout Platform,
        medium: inout Medium
    ) {
        let index = Int(function.index)
        let old = functions[index].resources.receiveQueues[number].state
        functions[index].resources.receiveQueues[number].state = state
        guard old != state else { return }
        dropWaiting(number, of: function, .receiveQueueNotReady, at: now, medium: &medium)
        switch state {
        case .reset, .ready:
            functions[index].resources.receiveQueues[number].epoch &+= 1
            functions[index].resources.receiveQueues[number].engine = ReceiveEngine()
            functions[index].resources.receiveQueues[number].wq.reset()
            if state == .ready {
                refill(number, of: function, at: now, platform: &platform, medium: &medium)
            }
        case .error:
            let visible = functions[index].resources.receiveQueues[number].engine.lastVisible
            scheduleReceiveFlush(of: number, function: function, at: max(now, visible))
        }
    }

    /// The entry of `job` cannot take its frame: an error completion, and the queue fails.
    ///
    /// - Parameter isAsked: whether a completion that says otherwise is on its way, as memory has turned out to refuse
    ///   the frame.
    mutating func failReceive(
        _ job: ReceiveJob, _ syndrome: CompletionSyndrome, isAsked: Bool, of function: FunctionID, at now: SimTime,
        platform: inout Platform, medium: inout Medium
    ) {
        let index = Int(function.index)
        var entry = CompletionQueueEntry.failed(
            .responderError, queueNumber: UInt32(job.queue), wqeCounter: job.wqeCounter, syndrome: syndrome)
        entry.userIndex = functions[index].resources.receiveQueues[job.queue].userIndex
        if isAsked {
            completionLanded(
                on: job.completionQueue, life: job.completionLife, of: function, at: now, platform: &platform
            ) { $0 = entry }
        } else {
            post(entry, on: job.completionQueue, of: function, at: now, now: now, platform: &platform)
        }
        let isLength = syndrome == .localLength
        countReceive(of: job.queue, function: index) { counters in
            if isLength { counters.localLengthErrors &+= 1 } else { counters.localProtectionErrors &+= 1 }
        }
        let reason: DropReason = isLength ? .receiveBufferTooShort : .receiveMemoryFault
        drop(job.frame, reason, at: function, .inbound, time: now, medium: &medium)
        guard functions[index].resources.receiveQueues[job.queue].state == .ready else { return }
        functions[index].vport.counters.queuesInError &+= 1
        setReceiveQueueState(.error, of: job.queue, function: function, at: now, platform: &platform, medium: &medium)
    }

    /// The queue fails for a reason that no entry can report: state ERR and an asynchronous event.
    mutating func failReceiveQueue(
        _ number: Int, of function: FunctionID, event: EventType, at now: SimTime, medium: inout Medium
    ) {
        let index = Int(function.index)
        functions[index].resources.receiveQueues[number].state = .error
        functions[index].vport.counters.queuesInError &+= 1
        dropWaiting(number, of: function, .receiveQueueNotReady, at: now, medium: &medium)
        raise(.queue(event, .rq, number: UInt32(number)), to: function, at: now)
        let wq = functions[index].resources.receiveQueues[number].wq
        if wq.produced != wq.consumed { scheduleReceiveFlush(of: number, function: function, at: now) }
    }

    /// Has the entries that are left completed at `time`.
    private mutating func scheduleReceiveFlush(of number: Int, function: FunctionID, at time: SimTime) {
        let index = Int(function.index)
        guard functions[index].resources.receiveQueues[number].flushesInError else { return }
        let epoch = functions[index].resources.receiveQueues[number].epoch
        let event = QueueEvent.receiveFlush(queue: UInt32(number), epoch: epoch)
        events.schedule(.queue(function, generation: functions[index].generation, event), at: time)
    }

    /// Completes every posted entry with "flushed": at most as many as the ring has entries.
    mutating func flushReceiveQueue(_ number: Int, of function: FunctionID, at now: SimTime, platform: inout Platform) {
        let index = Int(function.index)
        let queue = functions[index].resources.receiveQueues[number].completionQueue
        var record: UInt32 = 0
        do throws(DMAFault) {
            try withUnsafeMutableBytes(of: &record) { bytes throws(DMAFault) in
                let address = functions[index].resources.receiveQueues[number].wq.doorbellRecordAddress
                _ = link(of: function).pointee.read(of: function, byteCount: 4, address: address, at: now)
                try platform.dmaRead(function, address, into: bytes, at: now)
            }
        } catch {
            // The record cannot be read: what it said last is what was posted.
            record = UInt32(functions[index].resources.receiveQueues[number].wq.produced).bigEndian
        }
        let produced = UInt16(truncatingIfNeeded: UInt32(bigEndian: record))
        let left = produced &- functions[index].resources.receiveQueues[number].wq.consumed
        guard Int(left) <= functions[index].resources.receiveQueues[number].wq.entryCount else { return }
        for _ in 0..<left {
            let counter = functions[index].resources.receiveQueues[number].wq.consumed
            functions[index].resources.receiveQueues[number].wq.consumed &+= 1
            var entry = CompletionQueueEntry.failed(
                .responderError, queueNumber: UInt32(number), wqeCounter: counter, syndrome: .flushed)
            entry.userIndex = functions[index].resources.receiveQueues[number].userIndex
            countReceive(of: number, function: index) { $0.flushErrors &+= 1 }
            post(entry, on: queue, of: function, at: now, now: now, platform: &platform)
        }
        functions[index].resources.receiveQueues[number].wq.fetched = produced
        functions[index].resources.receiveQueues[number].wq.produced = produced
    }
}
