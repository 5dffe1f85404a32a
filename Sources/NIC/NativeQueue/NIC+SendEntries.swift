import Host
import Simulation
import Wire

/// Sending, second part: entries are decoded in order, and each becomes frames.
extension NIC {
    /// Blocks that are decoded from one look at host memory.
    private static let window = 64

    /// Decodes the entries that are there, until they or the room in the send buffer are used up.
    mutating func sendFetched(
        _ number: Int, of function: FunctionID, at now: SimTime, platform: inout Platform, medium: inout Medium
    ) {
        let queue = sendQueue(number, of: function)
        queue.pointee.engine.isStalled = false
        while queue.pointee.state == .ready {
            let held = queue.pointee.wq.held
            guard held > 0 else { return }
            let count = min(held, Self.window)
            do throws(DMAFault) {
                try queue.pointee.wq.read(
                    count, from: queue.pointee.wq.consumed, of: function,
                    into: scratch.bytes, at: now, platform: &platform)
            } catch {
                failSendQueue(number, of: function, event: .wqAccessError, at: now)
                return
            }
            let done = decodeWindow(of: count, number, of: function, at: now, platform: &platform, medium: &medium)
            if !done { return }
        }
    }

    /// Decodes the `blockCount` blocks in `scratch`; false when the rest has to wait.
    @inline(__always)
    private mutating func decodeWindow(
        of blockCount: Int, _ number: Int, of function: FunctionID, at now: SimTime, platform: inout Platform,
        medium: inout Medium
    ) -> Bool {
        let queue = sendQueue(number, of: function)
        var block = 0
        while block < blockCount {
            let left = (blockCount - block) * 64
            let window = UnsafeRawBufferPointer(scratch.bytes).piece(from: block * 64, count: left)
            let needed = SendEntry.blockCount(ofSegments: window[7] & 0x3f)
            if needed > blockCount - block, needed * 64 <= parameters.longestSendEntry {
                // The entry goes on behind what is here; it must not go on behind what was posted.
                let posted = Int(
                    queue.pointee.wq.produced
                        &- queue.pointee.wq.consumed)
                if needed <= posted { return block > 0 && needed <= queue.pointee.wq.held }
            }
            do throws(CompletionSyndrome) {
                let entry = try SendEntry(decoding: window, at: 0, longest: parameters.longestSendEntry)
                let isDone = try execute(
                    entry, bytes: window, of: number, function: function, at: now, platform: &platform, medium: &medium)
                guard isDone else { return false }
            } catch {
                completeSend(
                    number, of: function, control: WQEControlSegment(decoding: window, at: 0), syndrome: error, at: now)
                return false
            }
            queue.pointee.wq.consumed &+= UInt16(needed)
            block += needed
        }
        return true
    }

    /// Does what `entry` asks for; false when the send buffer is full and the entry has to be taken up again.
    @inline(__always)
    private mutating func execute(
        _ entry: SendEntry, bytes: UnsafeRawBufferPointer, of number: Int, function: FunctionID, at now: SimTime,
        platform: inout Platform, medium: inout Medium
    ) throws(CompletionSyndrome) -> Bool {
        let queue = sendQueue(number, of: function)
        if platform.isLogging(function) { platform.note(.sendEntry, function, queue: number, bytes, at: now) }
        let start = sendDecoder.pass(at: now)
        var ready = start
        switch entry.control.opcode {
        case .send:
            ready = try send(entry, bytes, number, function, start, &platform, &medium)
        case .lso:
            guard try segment(entry, bytes, number, function, start, now, &ready, &platform, &medium) else {
                queue.pointee.engine.isStalled = true
                return false
            }
        default: break
        }
        queue.pointee.engine.lastReady = ready
        if entry.control.completion != .onErrorOnly {
            completeSend(number, of: function, control: entry.control, syndrome: nil, at: ready)
        }
        return true
    }

    /// Writes a completion for the entry of `control` when its time, at least `time`, has come; an error stops the
    /// queue.
    mutating func completeSend(
        _ number: Int, of function: FunctionID, control: WQEControlSegment, syndrome: CompletionSyndrome?,
        at time: SimTime
    ) {
        let index = Int(function.index)
        let queue = functions[index].resources.sendQueues[number].completionQueue
        let counter = functions[index].resources.sendQueues[number].wq.consumed
        let asked = max(time, functions[index].resources.sendQueues[number].engine.lastReady)
        let visible = completionTime(of: queue, function: function, at: asked)
        let ordered = max(visible, functions[index].resources.sendQueues[number].engine.lastVisible)
        functions[index].resources.sendQueues[number].engine.lastVisible = ordered
        let completion = SendCompletion(
            wqeCounter: counter, opcode: control.rawOpcode, syndrome: syndrome?.rawValue ?? 0,
            asksForEvent: control.completion == .completionAndEvent)
        let epoch = functions[index].resources.sendQueues[number].epoch
        let event = QueueEvent.sendCompletion(queue: UInt32(number), epoch: epoch, completion)
        events.schedule(.queue(function, generation: functions[index].generation, event), at: ordered)
        guard syndrome != nil else { return }
        let blocks = max(1, SendEntry.blockCount(ofSegments: control.segmentCount))
        functions[index].resources.sendQueues[number].wq.consumed &+= UInt16(blocks)
        functions[index].resources.sendQueues[number].state = .error
        functions[index].vport.counters.queuesInError &+= 1
        scheduleSendFlush(of: number, function: function, at: ordered)
    }

    /// A send queue's completion reaches host memory.
    mutating func sendCompletionArrived(
        _ number: Int, _ completion: SendCompletion, of function: FunctionID, at now: SimTime, platform: inout Platform
    ) {
        let index = Int(function.index)
        let queue = functions[index].resources.sendQueues[number].completionQueue
        var entry: CompletionQueueEntry
        if completion.syndrome == 0 {
            entry = .sent(
                queueNumber: UInt32(number), wqeCounter: completion.wqeCounter, sendOpcode: completion.opcode,
                timestamp: parameters.timestamp(at: now))
        } else {
            entry = .failed(
                .requesterError, queueNumber: UInt32(number), wqeCounter: completion.wqeCounter,
                sendOpcode: completion.opcode,
                syndrome: CompletionSyndrome(rawValue: completion.syndrome) ?? .localQPOperation)
        }
        entry.userIndex = functions[index].resources.sendQueues[number].userIndex
        entry.isSolicited = completion.asksForEvent
        complete(entry, on: queue, of: function, at: now, platform: &platform)
    }
}
