import Host
import Simulation
import Wire

/// Sending, third part: entries are decoded in order, and each becomes frames.
extension NIC {
    /// Blocks that are decoded from one look at host memory: those of the longest entry.
    private static let window = 16

    /// What ends the execution of entries.
    private enum End {
        /// All that were looked at are executed.
        case executed
        /// The turn is over, or decoder, link or port have no room.
        case stopped
        /// What is here cannot be executed: the entry's end has not been read, or the queue has failed.
        case waits
    }

    /// Executes entries of send queue `number` that are here, until its credit is used up or somebody has no room;
    /// says whether there are more.
    mutating func execute(
        _ number: Int, of function: FunctionID, link: Int, at now: SimTime, platform: inout Platform,
        medium: inout Medium
    ) -> Bool {
        let queue = sendQueue(number, of: function)
        while queue.pointee.state == .ready {
            let held = queue.pointee.wq.held
            guard held > 0 else { return false }
            let count = min(held, Self.window)
            do throws(DMAFault) {
                try queue.pointee.wq.read(
                    count, from: queue.pointee.wq.consumed, of: function,
                    into: scratch.bytes, at: now, platform: &platform)
            } catch {
                failSendQueue(number, of: function, event: .wqAccessError, at: now)
                return false
            }
            switch decodeWindow(
                of: count, number, of: function, link: link, at: now, platform: &platform, medium: &medium)
            {
            case .executed: break
            case .stopped: return queue.pointee.wq.held > 0
            case .waits: return false
            }
        }
        return false
    }

    /// Decodes the `blockCount` blocks in `scratch`.
    @inline(__always)
    private mutating func decodeWindow(
        of blockCount: Int, _ number: Int, of function: FunctionID, link: Int, at now: SimTime,
        platform: inout Platform, medium: inout Medium
    ) -> End {
        let queue = sendQueue(number, of: function)
        var block = 0
        while block < blockCount {
            // The first entry of all was let in by whoever gave the turn.
            if block > 0, !goesOn(queue, link, function, at: now) { return .stopped }
            let left = (blockCount - block) * 64
            let window = UnsafeRawBufferPointer(scratch.bytes).piece(from: block * 64, count: left)
            let needed = SendEntry.blockCount(ofSegments: window[7] & 0x3f)
            if needed > blockCount - block, needed * 64 <= parameters.longestSendEntry {
                // The entry goes on behind what is here; it must not go on behind what was posted.
                let posted = Int(queue.pointee.wq.produced &- queue.pointee.wq.consumed)
                if needed <= posted { return block > 0 && needed <= queue.pointee.wq.held ? .executed : .waits }
            }
            do throws(CompletionSyndrome) {
                let entry = try SendEntry(decoding: window, at: 0, longest: parameters.longestSendEntry)
                let isDone = try execute(
                    entry, bytes: window, of: number, function: function, link: link, at: now, platform: &platform,
                    medium: &medium)
                guard isDone else { return .stopped }
            } catch {
                failEntry(
                    WQEControlSegment(decoding: window, at: 0), of: number, function: function, syndrome: error, at: now
                )
                return .waits
            }
            queue.pointee.wq.consumed &+= UInt16(needed)
            block += needed
        }
        return goesOn(queue, link, function, at: now) ? .executed : .stopped
    }

    /// Whether the queue's turn goes on: it has credit, and decoder, link and port have room.
    @inline(__always)
    func goesOn(
        _ queue: UnsafeMutablePointer<SendQueue>, _ link: Int, _ function: FunctionID, at now: SimTime
    ) -> Bool {
        queue.pointee.engine.credit > 0 && sendWait(link, at: now) == nil
            && hasRoomToSend(functions[Int(function.index)].port, at: now)
    }

    /// Does what `entry` asks for; false when its turn ends before it does, and it has to be taken up again.
    @inline(__always)
    private mutating func execute(
        _ entry: SendEntry, bytes: UnsafeRawBufferPointer, of number: Int, function: FunctionID, link: Int,
        at now: SimTime, platform: inout Platform, medium: inout Medium
    ) throws(CompletionSyndrome) -> Bool {
        let queue = sendQueue(number, of: function)
        let isTakenUp = queue.pointee.engine.segmentedByteCount > 0
        if !isTakenUp, platform.isLogging(function) {
            platform.note(.sendEntry, function, queue: number, bytes, at: now)
        }
        let start = isTakenUp ? now : sendDecoder.pass(at: now)
        queue.pointee.engine.credit -= SendScheduler.overhead
        let isWanted = entry.control.completion != .onErrorOnly
        let completion = SendCompletion(
            wqeCounter: queue.pointee.wq.consumed, opcode: entry.control.rawOpcode, isWanted: isWanted,
            asksForEvent: entry.control.completion == .completionAndEvent)
        switch entry.control.opcode {
        case .send:
            try send(entry, bytes, completion, number, function, start, &platform, &medium)
        case .lso:
            return try segment(entry, bytes, completion, number, function, link, start, now, &platform, &medium)
        default:
            if isWanted { schedule(completion, of: number, function: function, at: start) }
        }
        return true
    }

    /// Writes `completion` at `time`, or when the frames before it have left the pipeline.
    private mutating func schedule(
        _ completion: SendCompletion, of number: Int, function: FunctionID, at time: SimTime
    ) {
        let queue = sendQueue(number, of: function)
        queue.pointee.engine.lastReady = max(time, queue.pointee.engine.lastReady)
        let event = QueueEvent.sendCompletion(
            queue: UInt32(number), epoch: queue.pointee.epoch, completion)
        events.schedule(
            .queue(function, generation: functions[Int(function.index)].generation, event),
            at: queue.pointee.engine.lastReady)
    }

    /// The entry of `control` cannot be executed: a completion says so, and the queue stops.
    private mutating func failEntry(
        _ control: WQEControlSegment, of number: Int, function: FunctionID, syndrome: CompletionSyndrome,
        at time: SimTime
    ) {
        let queue = sendQueue(number, of: function)
        let completion = SendCompletion(
            wqeCounter: queue.pointee.wq.consumed, opcode: control.rawOpcode, syndrome: syndrome.rawValue,
            isWanted: true, asksForEvent: control.completion == .completionAndEvent)
        schedule(completion, of: number, function: function, at: time)
        let blocks = max(1, SendEntry.blockCount(ofSegments: control.segmentCount))
        queue.pointee.wq.consumed &+= UInt16(blocks)
        queue.pointee.state = .error
        functions[Int(function.index)].vport.counters.queuesInError &+= 1
        scheduleSendFlush(of: number, function: function, at: queue.pointee.engine.lastReady)
    }

    /// Writes what `completion` says to the completion queue of send queue `number`.
    mutating func complete(
        _ completion: SendCompletion, of number: Int, function: FunctionID, at now: SimTime, platform: inout Platform
    ) {
        let queue = sendQueue(number, of: function)
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
        entry.userIndex = queue.pointee.userIndex
        entry.isSolicited = completion.asksForEvent
        post(entry, on: queue.pointee.completionQueue, of: function, at: now, now: now, platform: &platform)
    }
}
