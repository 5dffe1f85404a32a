package import Host
package import Simulation
package import Wire

/// States of send queues: what their changes do to entries and frames under way.
extension NIC {
    /// The state of send queue `number` becomes `state` (MODIFY_SQ; or RST before DESTROY_SQ).
    package mutating func setSendQueueState(
        _ state: QueueState, of number: Int, function: FunctionID, at now: SimTime, platform: inout Platform,
        medium: inout Medium
    ) {
        let index = Int(function.index)
        let old = functions[index].resources.sendQueues[number].state
        functions[index].resources.sendQueues[number].state = state
        switch state {
        case .reset, .ready:
            guard old != state else { return }
            functions[index].resources.sendQueues[number].epoch &+= 1
            functions[index].resources.sendQueues[number].engine = SendEngine()
            functions[index].resources.sendQueues[number].wq.reset()
        case .error:
            guard old == .ready else { return }
            let last = functions[index].resources.sendQueues[number].engine.lastReady
            scheduleSendFlush(of: number, function: function, at: max(now, last))
        }
    }

    /// The queue fails for a reason that no entry can report: state ERR and an asynchronous event.
    mutating func failSendQueue(_ number: Int, of function: FunctionID, event: EventType, at now: SimTime) {
        let index = Int(function.index)
        functions[index].resources.sendQueues[number].state = .error
        functions[index].vport.counters.queuesInError &+= 1
        raise(.queue(event, .sq, number: UInt32(number)), to: function, at: now)
        // What was posted and can be read comes back with "flushed".
        scheduleSendFlush(of: number, function: function, at: now)
    }

    /// Has the entries that are left completed at `time`.
    mutating func scheduleSendFlush(of number: Int, function: FunctionID, at time: SimTime) {
        let index = Int(function.index)
        guard functions[index].resources.sendQueues[number].flushesInError else { return }
        let epoch = functions[index].resources.sendQueues[number].epoch
        let event = QueueEvent.sendFlush(queue: UInt32(number), epoch: epoch)
        events.schedule(.queue(function, generation: functions[index].generation, event), at: time)
    }

    /// Completes every posted entry with "flushed": at most as many as the ring has blocks.
    mutating func flushSendQueue(_ number: Int, of function: FunctionID, at now: SimTime, platform: inout Platform) {
        let index = Int(function.index)
        let queue = functions[index].resources.sendQueues[number].completionQueue
        var left = Int(
            functions[index].resources.sendQueues[number].wq.produced
                &- functions[index].resources.sendQueues[number].wq.consumed)
        guard left <= functions[index].resources.sendQueues[number].wq.entryCount else { return }
        while left > 0 {
            let counter = functions[index].resources.sendQueues[number].wq.consumed
            do throws(DMAFault) {
                try functions[index].resources.sendQueues[number].wq.read(
                    1, from: counter, of: function, into: scratch.bytes, at: now, platform: &platform)
            } catch { return }
            let control = WQEControlSegment(decoding: UnsafeRawBufferPointer(scratch.bytes), at: 0)
            var entry = CompletionQueueEntry.failed(
                .requesterError, queueNumber: UInt32(number), wqeCounter: counter, sendOpcode: control.rawOpcode,
                syndrome: .flushed)
            entry.userIndex = functions[index].resources.sendQueues[number].userIndex
            post(entry, on: queue, of: function, at: now, now: now, platform: &platform)
            let blocks = min(left, max(1, SendEntry.blockCount(ofSegments: control.segmentCount)))
            functions[index].resources.sendQueues[number].wq.consumed &+= UInt16(blocks)
            left -= blocks
        }
        let consumed = functions[index].resources.sendQueues[number].wq.consumed
        functions[index].resources.sendQueues[number].wq.fetched = consumed
    }
}
