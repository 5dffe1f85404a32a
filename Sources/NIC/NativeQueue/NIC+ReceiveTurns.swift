internal import DequeModule
import Host
import Simulation
import Wire

/// Receiving, beside the frames: whose frames are written next.
extension NIC {
    /// When a frame that is there at `time` may be written over `link`, if that is not then.
    @inline(__always) func writeWait(_ link: Int, at time: SimTime) -> SimTime? {
        let last = links[link].lastWriteTime
        return last > time + ReceiveScheduler.lookahead ? last : nil
    }

    /// Puts receive queue `number` in line when it has frames, and entries for them.
    mutating func putInReceiveLine(_ number: Int, of function: FunctionID, at now: SimTime) {
        let queue = receiveQueue(number, of: function)
        guard !queue.pointee.engine.isInLine, queue.pointee.wq.held > 0, !queue.pointee.engine.waiting.isEmpty else {
            return
        }
        let index = Int(function.index)
        queue.pointee.engine.isInLine = true
        let turn = QueueTurn(
            function: function, generation: functions[index].generation, epoch: queue.pointee.epoch,
            queue: UInt32(number))
        receiver.lines[functions[index].link].append(turn)
    }

    /// Gives the queues of `link` their turns until no frame waits or its writes are behind.
    mutating func runReceiveLine(_ link: Int, at now: SimTime, platform: inout Platform, medium: inout Medium) {
        while let turn = receiver.lines[link].popFirst() {
            guard let queue = receiveQueue(of: turn) else { continue }
            if let last = writeWait(link, at: now) {
                receiver.lines[link].prepend(turn)
                wakeReceiver(link, last)
                return
            }
            if queue.pointee.engine.credit <= 0 { queue.pointee.engine.credit += ReceiveScheduler.quantum }
            let number = Int(turn.queue)
            while queue.pointee.engine.credit > 0, queue.pointee.wq.held > 0, writeWait(link, at: now) == nil,
                let received = queue.pointee.engine.waiting.popFirst()
            {
                queue.pointee.engine.credit -= medium.frames[received.frame].byteCount + ReceiveScheduler.overhead
                deliver(received, to: number, function: turn.function, at: now, platform: &platform, medium: &medium)
                // It may have failed, and with it all that waited.
                guard queue.pointee.epoch == turn.epoch, queue.pointee.state == .ready else { break }
            }
            refill(number, of: turn.function, at: now, platform: &platform, medium: &medium)
            let goesOn =
                queue.pointee.state == .ready && queue.pointee.wq.held > 0 && !queue.pointee.engine.waiting.isEmpty
            if !goesOn {
                queue.pointee.engine.isInLine = false
                queue.pointee.engine.credit = 0
            } else if queue.pointee.engine.credit > 0 {
                receiver.lines[link].prepend(turn)
            } else {
                receiver.lines[link].append(turn)
            }
        }
    }

    /// Has the line of `link` go on when half of what was asked for before `last` is written.
    private mutating func wakeReceiver(_ link: Int, _ last: SimTime) {
        guard !receiver.isWaking[link] else { return }
        receiver.isWaking[link] = true
        let ahead = ReceiveScheduler.lookahead.picoseconds / 2
        events.schedule(.receiver(link: UInt8(link)), at: SimTime(picoseconds: last.picoseconds - ahead))
    }

    /// The queue that `turn` is of, unless its function or the queue has another life since.
    @inline(__always)
    private func receiveQueue(of turn: QueueTurn) -> UnsafeMutablePointer<ReceiveQueue>? {
        let index = Int(turn.function.index)
        guard functions.contains(index), functions[index].generation == turn.generation,
            functions[index].resources.receiveQueues.contains(Int(turn.queue))
        else { return nil }
        let queue = receiveQueue(Int(turn.queue), of: turn.function)
        return queue.pointee.epoch == turn.epoch ? queue : nil
    }
}
