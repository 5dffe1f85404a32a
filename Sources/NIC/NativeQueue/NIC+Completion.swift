internal import DequeModule
package import Host
package import Simulation
import Wire

/// Completion queues: entries, arming and moderation (native interface, section 5.4).
extension NIC {
    /// Puts `entry` on its way to completion queue `number` at `time`, and raises an event if one is due.
    ///
    /// What follows a completion follows it on the link: the device knows what it has written, and does not wait until
    /// a processor can see it. `completionLanded` has to be called when it can.
    ///
    /// - Returns: when a processor can see it, or `nil` when the queue has failed or has no room.
    mutating func send(
        _ entry: CompletionQueueEntry, on number: Int, of function: FunctionID, at time: SimTime, now: SimTime,
        platform: inout Platform
    ) -> SimTime? {
        let index = Int(function.index)
        guard functions[index].resources.completionQueues.contains(number) else { return nil }
        let queue = completionQueue(number, of: function)
        guard queue.pointee.status == .ok else { return nil }
        guard queue.pointee.hasRoom(of: function, at: now, link: link(of: function), platform: &platform) else {
            functions[index].vport.counters.completionQueueOverruns &+= 1
            failCompletionQueue(number, .overflow, of: function, at: now)
            return nil
        }
        let asked = max(time, queue.pointee.lastAsked)
        let visible = link(of: function).pointee.write(
            of: function, byteCount: CompletionQueueEntry.byteCount, address: queue.pointee.nextAddress(), at: asked
        ).visible
        let ordered = max(visible, queue.pointee.lastVisible)
        queue.pointee.lastAsked = asked
        queue.pointee.lastVisible = ordered
        queue.pointee.posting.append(entry)
        let isSolicited = entry.isSolicited || entry.isError
        if isSolicited { queue.pointee.lastSolicited = queue.pointee.issued }
        notify(number, isSolicited: isSolicited, of: function, at: asked)
        return ordered
    }

    /// The same for a completion of which nothing else has to be written.
    mutating func post(
        _ entry: CompletionQueueEntry, on number: Int, of function: FunctionID, at time: SimTime, now: SimTime,
        platform: inout Platform
    ) {
        guard let visible = send(entry, on: number, of: function, at: time, now: now, platform: &platform) else {
            return
        }
        let life = completionQueue(number, of: function).pointee.life
        let event = QueueEvent.completionEntry(queue: UInt32(number), life: life)
        events.schedule(.queue(function, generation: functions[Int(function.index)].generation, event), at: visible)
    }

    /// The oldest completion on its way to queue `number` is in host memory; false when it did not get there.
    ///
    /// - Parameter change: what has turned out about it on its way.
    @discardableResult @inline(__always)
    mutating func completionLanded(
        on number: Int, life: UInt16, of function: FunctionID, at now: SimTime, platform: inout Platform,
        _ change: (inout CompletionQueueEntry) -> Void = { _ in }
    ) -> Bool {
        let index = Int(function.index)
        guard functions[index].resources.completionQueues.contains(number) else { return false }
        let queue = completionQueue(number, of: function)
        // What was sent before there was no room any more gets there.
        guard queue.pointee.life == life, var entry = queue.pointee.posting.popFirst(),
            queue.pointee.status != .writeFailed
        else { return false }
        change(&entry)
        do throws(DMAFault) {
            try queue.pointee.write(entry, of: function, at: now, platform: &platform)
        } catch {
            failCompletionQueue(number, .writeFailed, of: function, at: now)
            return false
        }
        if platform.isLogging(function) {
            platform.note(.completion, function, queue: number, at: now) { entry.encode(into: $0) }
        }
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
            // The event follows the completion that it tells of.
            let asked = functions[index].resources.completionQueues[number].lastAsked
            raiseCompletionEvent(of: number, function: function, at: max(now, asked))
        }
    }
}
