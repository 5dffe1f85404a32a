internal import DequeModule
import Host
import Simulation
import Wire

/// Sending, second part: whose entries are executed next.
extension NIC {
    /// A turn of send queue `number`, which exists.
    func turn(of number: Int, _ function: FunctionID) -> QueueTurn {
        QueueTurn(
            function: function, generation: functions[Int(function.index)].generation,
            epoch: sendQueue(number, of: function).pointee.epoch, queue: UInt32(number))
    }

    /// The queue that `turn` is of, unless its function or the queue has another life since.
    @inline(__always) func queue(of turn: QueueTurn) -> UnsafeMutablePointer<SendQueue>? {
        let index = Int(turn.function.index)
        guard functions.contains(index), functions[index].generation == turn.generation,
            functions[index].resources.sendQueues.contains(Int(turn.queue))
        else { return nil }
        let queue = sendQueue(Int(turn.queue), of: turn.function)
        return queue.pointee.epoch == turn.epoch ? queue : nil
    }

    /// Puts the queue in line when it has entries that are here.
    @inline(__always) mutating func putInLine(_ number: Int, of function: FunctionID) {
        let queue = sendQueue(number, of: function)
        guard queue.pointee.state == .ready, !queue.pointee.engine.isInLine, queue.pointee.wq.held > 0 else { return }
        queue.pointee.engine.isInLine = true
        scheduler.lines[functions[Int(function.index)].link].append(turn(of: number, function))
    }

    /// Gives queues their turns, and reads entries.
    mutating func runScheduler(at now: SimTime, platform: inout Platform, medium: inout Medium) {
        for step in 0..<links.count {
            let link = (scheduler.firstLink + step) % links.count
            if !scheduler.lines[link].isEmpty { runLine(link, at: now, platform: &platform, medium: &medium) }
        }
        if links.count > 1 { scheduler.firstLink = (scheduler.firstLink + 1) % links.count }
        if !scheduler.fetchLine.isEmpty { readEntries(at: now) }
    }

    /// Gives the queues of `link` their turns until nobody waits, or decoder and link are busy.
    private mutating func runLine(_ link: Int, at now: SimTime, platform: inout Platform, medium: inout Medium) {
        while let turn = scheduler.lines[link].popFirst() {
            guard let queue = queue(of: turn) else { continue }
            if let time = sendWait(link, at: now) {
                scheduler.lines[link].prepend(turn)
                wakeScheduler(at: time)
                return
            }
            guard queue.pointee.state == .ready else {
                queue.pointee.engine.isInLine = false
                continue
            }
            let control = switching.control(ofPlace: Int(turn.function.index) - layout.first)
            if control != 0, !switching.controls[control].shaper.takesMore {
                scheduler.shape(turn, control)
                continue
            }
            let port = functions[Int(turn.function.index)].port
            guard hasRoomToSend(port, at: now) else {
                scheduler.blocked[Int(port.index)].append(turn)
                wakeBlocked(port)
                continue
            }
            if queue.pointee.engine.credit <= 0 { queue.pointee.engine.credit += SendScheduler.quantum }
            let goesOn = execute(
                Int(turn.queue), of: turn.function, link: link, at: now, platform: &platform, medium: &medium)
            putInFetchLine(Int(turn.queue), of: turn.function)
            if !goesOn {
                queue.pointee.engine.isInLine = false
                queue.pointee.engine.credit = 0
            } else if queue.pointee.engine.credit > 0 {
                // Its turn is not over; what stopped it is looked at again.
                scheduler.lines[link].prepend(turn)
            } else {
                scheduler.lines[link].append(turn)
            }
        }
    }

    /// When the next entry may be decoded and its data asked for on `link`, if that is not now; the end of time when
    /// a frame has to arrive first.
    @inline(__always) func sendWait(_ link: Int, at now: SimTime) -> SimTime? {
        if scheduler.gathering[link] >= parameters.sendWindowByteCount { return SimTime(picoseconds: .max) }
        let ready = max(sendDecoder.busyUntil, links[link].nextReadTime)
        return ready > now + SendScheduler.lookahead ? ready : nil
    }

    /// A frame of `byteCount` bytes has come over `link`.
    @inline(__always)
    mutating func gathered(
        _ byteCount: Int, over link: Int, at now: SimTime, platform: inout Platform, medium: inout Medium
    ) {
        let wasFull = scheduler.gathering[link] >= parameters.sendWindowByteCount
        scheduler.gathering[link] -= byteCount
        if wasFull, !scheduler.lines[link].isEmpty { runScheduler(at: now, platform: &platform, medium: &medium) }
    }

    /// Whether the send buffer of `port` has room for another frame.
    @inline(__always) func hasRoomToSend(_ port: PortID, at now: SimTime) -> Bool {
        ports[Int(port.index)].sendBufferedByteCount(at: now) < parameters.sendBufferByteCount
    }

    /// Has the scheduler go on at `time`.
    private mutating func wakeScheduler(at time: SimTime) {
        guard time.picoseconds < .max else { return }
        if let wake = scheduler.wakeTime, wake <= time { return }
        scheduler.wakeTime = time
        events.schedule(.schedule, at: time)
    }

    /// The scheduler's time has come.
    mutating func schedulerWakes(at now: SimTime, platform: inout Platform, medium: inout Medium) {
        guard let wake = scheduler.wakeTime, wake <= now else { return }
        scheduler.wakeTime = nil
        runScheduler(at: now, platform: &platform, medium: &medium)
    }

    /// Frames have left the send buffer of `port`: once a quarter of it is free, its queues go on.
    mutating func unblock(_ port: PortID, at now: SimTime, platform: inout Platform, medium: inout Medium) {
        let index = Int(port.index)
        guard !scheduler.blocked[index].isEmpty else { return }
        guard ports[index].sendBufferedByteCount(at: now) * 4 <= parameters.sendBufferByteCount * 3 else {
            return wakeBlocked(port)
        }
        while let turn = scheduler.blocked[index].popFirst() { resume(turn) }
        runScheduler(at: now, platform: &platform, medium: &medium)
    }

    /// Has the queues that wait for `port` looked at when the transmitter is through, if nothing else will: a frame that
    /// is formed, or waits, has an event of its own.
    private mutating func wakeBlocked(_ port: PortID) {
        let index = Int(port.index)
        guard ports[index].formingByteCount == 0, ports[index].waitingByteCount == 0, !ports[index].isServing else {
            return
        }
        ports[index].isServing = true
        events.schedule(.transmitter(port), at: ports[index].busyUntil)
    }

    /// A vport has kept to its rate: its queues go on.
    mutating func unshape(_ control: Int) {
        guard control < scheduler.shaped.count else { return }
        while let turn = scheduler.shaped[control].popFirst() { resume(turn) }
    }

    private mutating func resume(_ turn: QueueTurn) {
        guard queue(of: turn) != nil else { return }
        scheduler.lines[functions[Int(turn.function.index)].link].append(turn)
    }
}
