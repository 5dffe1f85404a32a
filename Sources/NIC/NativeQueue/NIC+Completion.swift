package import Host
package import Simulation
import Wire

/// Completion queues: entries, arming and moderation (native interface, section 5.4).
extension NIC {
    /// When a completion asked for at `time` is in host memory: never before an earlier one of the same queue.
    mutating func completionTime(of number: Int, function: FunctionID, at time: SimTime) -> SimTime {
        let index = Int(function.index)
        guard functions[index].resources.completionQueues.contains(number) else { return time }
        let queue = completionQueue(number, of: function)
        let address = queue.pointee.nextAddress
        let visible = link(of: function).pointee.write(
            of: function, byteCount: CompletionQueueEntry.byteCount, address: address, at: time
        ).visible
        let ordered = max(visible, queue.pointee.lastVisible)
        queue.pointee.lastVisible = ordered
        return ordered
    }

    /// Writes `entry`, which nothing has planned: the link is charged for it, and the queue has it at once.
    mutating func completeAtOnce(
        _ entry: CompletionQueueEntry, on number: Int, of function: FunctionID, at now: SimTime,
        platform: inout Platform
    ) {
        _ = completionTime(of: number, function: function, at: now)
        complete(entry, on: number, of: function, at: now, platform: &platform)
    }

    /// Writes `entry`, whose time has come, and raises an event if one is due; false when the queue has failed.
    @discardableResult mutating func complete(
        _ entry: CompletionQueueEntry, on number: Int, of function: FunctionID, at now: SimTime,
        platform: inout Platform
    ) -> Bool {
        let index = Int(function.index)
        guard functions[index].resources.completionQueues.contains(number) else { return false }
        let queue = completionQueue(number, of: function)
        guard queue.pointee.status == .ok else { return false }
        guard
            queue.pointee.hasRoom(
                of: function, at: now, link: link(of: function), platform: &platform)
        else {
            functions[index].vport.counters.completionQueueOverruns &+= 1
            failCompletionQueue(number, .overflow, of: function, at: now)
            return false
        }
        do throws(DMAFault) {
            try queue.pointee.write(entry, of: function, at: now, platform: &platform)
        } catch {
            failCompletionQueue(number, .writeFailed, of: function, at: now)
            return false
        }
        if platform.isLogging(function) {
            platform.note(.completion, function, queue: number, at: now) { entry.encode(into: $0) }
        }
        notify(number, isSolicited: entry.isSolicited || entry.isError, of: function, at: now)
        return true
    }

    /// Raises the event of a queue that has a new completion, or has it wait for more.
    @inline(__always)
    private mutating func notify(_ number: Int, isSolicited: Bool, of function: FunctionID, at now: SimTime) {
        let index = Int(function.index)
        switch functions[index].resources.completionQueues[number].afterCompletion(isSolicited: isSolicited, at: now) {
        case .nothing: break
        case .event: raiseCompletionEvent(of: number, function: function, at: now)
        case .timer(let time):
            let generation = functions[index].resources.completionQueues[number].moderation.generation
            let event = QueueEvent.moderationTimer(queue: UInt32(number), generation: generation)
            events.schedule(.queue(function, generation: functions[index].generation, event), at: time)
        }
    }

    /// A completion queue's moderation period is over, unless completions have put it off.
    mutating func moderationTimer(_ number: Int, generation: UInt16, of function: FunctionID, at now: SimTime) {
        let index = Int(function.index)
        guard functions[index].resources.completionQueues.contains(number) else { return }
        let moderation = functions[index].resources.completionQueues[number].moderation
        guard moderation.isTiming, moderation.generation == generation else { return }
        if now < moderation.due {
            let event = QueueEvent.moderationTimer(queue: UInt32(number), generation: generation)
            events.schedule(.queue(function, generation: functions[index].generation, event), at: moderation.due)
            return
        }
        functions[index].resources.completionQueues[number].moderation.isTiming = false
        guard functions[index].resources.completionQueues[number].arm == .armed else { return }
        raiseCompletionEvent(of: number, function: function, at: now)
    }

    private mutating func raiseCompletionEvent(of number: Int, function: FunctionID, at now: SimTime) {
        let index = Int(function.index)
        functions[index].resources.completionQueues[number].fire(at: now)
        let queue = functions[index].resources.completionQueues[number].eventQueue
        post(
            .completion(cqn: UInt32(number)), on: queue, of: function, at: now + parameters.completionLatency)
    }

    private mutating func failCompletionQueue(
        _ number: Int, _ status: CompletionQueue.Status, of function: FunctionID, at now: SimTime
    ) {
        functions[Int(function.index)].resources.completionQueues[number].status = status
        // Syndromes of the event: 1 overrun, 2 access violation.
        raise(.cqError(cqn: UInt32(number), syndrome: status == .overflow ? 1 : 2), to: function, at: now)
    }

    /// The driver asks completion queue `number` for one event, for completions at `consumer` or later.
    package mutating func armCompletionQueue(
        _ number: Int, function: FunctionID, consumer: UInt32, solicitedOnly: Bool, at now: SimTime,
        platform: inout Platform
    ) {
        let index = Int(function.index)
        guard functions[index].resources.completionQueues.contains(number) else { return }
        if functions[index].resources.completionQueues[number].arm(consumer: consumer, solicitedOnly: solicitedOnly) {
            raiseCompletionEvent(of: number, function: function, at: now)
        }
    }
}
