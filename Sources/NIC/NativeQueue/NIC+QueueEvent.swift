import Host
import Simulation
import Wire

/// Hands queue events to the engines.
extension NIC {
    mutating func handle(
        _ event: QueueEvent, of function: FunctionID, generation: UInt16, at now: SimTime, platform: inout Platform,
        medium: inout Medium
    ) {
        let isCurrent =
            functions.contains(Int(function.index)) && functions[Int(function.index)].generation == generation
        // What an event holds is given back even when nobody wants the event any more.
        switch event {
        case .frameReady(let frame, let queue, let epoch, let completion):
            let port = sendPort(of: function)
            ports[port].formingByteCount -= bufferByteCount(of: frame, medium: medium)
            let byteCount = medium.frames[frame].byteCount
            if isCurrent {
                if completion.isWanted, isCurrentSendQueue(Int(queue), epoch, function) {
                    complete(completion, of: Int(queue), function: function, at: now, platform: &platform)
                }
                frameReady(frame, from: queue, of: function, at: now, platform: &platform, medium: &medium)
            } else {
                drop(frame, .functionReset, at: function, .outbound, time: now, medium: &medium)
            }
            gathered(byteCount, over: sendLink(of: function), at: now, platform: &platform, medium: &medium)
            unblock(PortID(port), at: now, platform: &platform, medium: &medium)
            return
        case .frameReleased(let frame, let queue):
            releaseShaped(frame, of: function, medium: medium)
            if isCurrent {
                frameReleased(frame, from: queue, of: function, at: now, platform: &platform, medium: &medium)
            } else {
                drop(frame, .functionReset, at: function, .outbound, time: now, medium: &medium)
            }
            return
        case .received(let number):
            let job = receiveJobs.remove(number).pointee
            occupy(-job.bufferByteCount, of: job.charge)
            if isCurrent {
                frameArrived(job, of: function, at: now, platform: &platform, medium: &medium)
            } else {
                drop(job.frame, .functionReset, at: function, .inbound, time: now, medium: &medium)
            }
            return
        case .sendEntries: scheduler.fetchCount -= 1
        default: break
        }
        guard isCurrent else { return }
        switch event {
        case .sendDoorbellRecord(let queue, let epoch, _), .sendEntries(let queue, let epoch, _),
            .sendCompletion(let queue, let epoch, _), .sendFlush(let queue, let epoch):
            guard isCurrentSendQueue(Int(queue), epoch, function) else { return }
            handleSend(event, Int(queue), of: function, at: now, platform: &platform, medium: &medium)
        case .receiveDoorbellRecord(let queue, let epoch), .receiveEntries(let queue, let epoch, _),
            .receiveFlush(let queue, let epoch):
            guard isCurrentReceiveQueue(Int(queue), epoch, function) else { return }
            handleReceive(event, Int(queue), of: function, at: now, platform: &platform, medium: &medium)
        case .completionEntry(let queue, let life):
            completionLanded(on: Int(queue), life: life, of: function, at: now, platform: &platform)
        case .eventEntry(let queue, let life):
            eventEntryArrived(Int(queue), life: life, of: function, at: now, platform: &platform)
        case .interrupt(let queue, let life):
            sendInterrupt(of: Int(queue), life: life, function: function, at: now, platform: &platform)
        case .moderationTimer(let queue, let generation):
            moderationTimer(Int(queue), generation: generation, of: function, at: now)
        case .frameReady, .frameReleased, .received: break
        }
    }

    private mutating func handleSend(
        _ event: QueueEvent, _ queue: Int, of function: FunctionID, at now: SimTime, platform: inout Platform,
        medium: inout Medium
    ) {
        switch event {
        case .sendDoorbellRecord(_, _, let count):
            sendRecordArrived(queue, count: count, of: function, at: now, platform: &platform, medium: &medium)
        case .sendEntries(_, _, let count):
            sendEntriesArrived(queue, count: count, of: function, at: now, platform: &platform, medium: &medium)
        case .sendCompletion(_, _, let completion):
            complete(completion, of: queue, function: function, at: now, platform: &platform)
        case .sendFlush: flushSendQueue(queue, of: function, at: now, platform: &platform)
        default: break
        }
    }

    private mutating func handleReceive(
        _ event: QueueEvent, _ queue: Int, of function: FunctionID, at now: SimTime, platform: inout Platform,
        medium: inout Medium
    ) {
        switch event {
        case .receiveDoorbellRecord:
            receiveRecordArrived(queue, of: function, at: now, platform: &platform, medium: &medium)
        case .receiveEntries(_, _, let count):
            receiveEntriesArrived(queue, count: count, of: function, at: now, platform: &platform, medium: &medium)
        case .receiveFlush: flushReceiveQueue(queue, of: function, at: now, platform: &platform)
        default: break
        }
    }

    private mutating func isCurrentSendQueue(_ number: Int, _ epoch: UInt16, _ function: FunctionID) -> Bool {
        let index = Int(function.index)
        return functions[index].resources.sendQueues.contains(number)
            && functions[index].resources.sendQueues[number].epoch == epoch
    }

    private mutating func isCurrentReceiveQueue(_ number: Int, _ epoch: UInt16, _ function: FunctionID) -> Bool {
        let index = Int(function.index)
        return functions[index].resources.receiveQueues.contains(number)
            && functions[index].resources.receiveQueues[number].epoch == epoch
    }
}
