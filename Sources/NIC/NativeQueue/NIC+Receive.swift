internal import DequeModule
import Host
import Simulation
import Wire

/// Receiving, third part: a receive queue gives the frame a buffer.
extension NIC {
    /// Hands `received` to receive queue `number`, or has it wait for entries that are being read.
    @inline(__always)
    mutating func enqueue(
        _ received: ReceivedFrame, on number: Int, function: FunctionID, at now: SimTime, platform: inout Platform,
        medium: inout Medium
    ) {
        let index = Int(function.index)
        guard functions[index].resources.receiveQueues.contains(number) else {
            drop(received.frame, .receiveQueueNotReady, at: function, .inbound, time: now, medium: &medium)
            return
        }
        let queue = receiveQueue(number, of: function)
        guard queue.pointee.state == .ready else {
            drop(received.frame, .receiveQueueNotReady, at: function, .inbound, time: now, medium: &medium)
            return
        }
        medium.frames[received.frame].journey.spend(on: .receivePipeline, until: received.ready)
        occupy(bufferByteCount(of: received.frame, medium: medium), of: received.charge)
        let link = functions[index].link
        if queue.pointee.wq.held > 0, queue.pointee.engine.waiting.isEmpty, receiver.lines[link].isEmpty,
            writeWait(link, at: received.ready) == nil
        {
            deliver(received, to: number, function: function, at: now, platform: &platform, medium: &medium)
        } else {
            queue.pointee.engine.wait(received)
            putInReceiveLine(number, of: function, at: now)
            runReceiveLine(link, at: now, platform: &platform, medium: &medium)
        }
        refill(number, of: function, at: now, platform: &platform, medium: &medium)
    }

    /// Gives `received` the next entry of queue `number` and times its way to host memory.
    mutating func deliver(
        _ received: ReceivedFrame, to number: Int, function: FunctionID, at now: SimTime, platform: inout Platform,
        medium: inout Medium
    ) {
        let index = Int(function.index)
        // The function's side sees a frame once: here, as it came from the switch, or where it is dropped.
        if let tap = functions[index].tap {
            medium.taps.record(received.frame, of: medium.frames, at: tap, .inbound, time: now)
        }
        let queue = receiveQueue(number, of: function)
        let buffered = bufferByteCount(of: received.frame, medium: medium)
        let tag =
            queue.pointee.keepsVLAN
            ? nil : removeTag(from: received, medium: &medium)
        let byteCount = medium.frames[received.frame].byteCount
        let counter = queue.pointee.wq.consumed
        queue.pointee.wq.consumed &+= 1
        let ready = max(received.ready, now)
        var job = ReceiveJob(
            frame: received.frame, charge: received.charge, queue: number, epoch: queue.pointee.epoch,
            wqeCounter: counter, completionQueue: queue.pointee.completionQueue, bufferByteCount: buffered)
        do throws(CompletionSyndrome) {
            try plan(&job, byteCount: byteCount, function: function, at: ready, now: now, platform: &platform)
        } catch {
            occupy(-buffered, of: received.charge)
            failReceive(job, error, isAsked: false, of: function, at: now, platform: &platform, medium: &medium)
            return
        }
        var completion = CompletionQueueEntry.received(byteCount: UInt32(byteCount), wqeCounter: counter)
        completion.describe(
            received, strippedTag: tag, in: UnsafeRawBufferPointer(medium.frames.bytes(received.frame)))
        completion.userIndex = queue.pointee.userIndex
        // The clock is read when the last bit arrives, wherever the frame waits after that.
        completion.timestamp = parameters.timestamp(at: received.arrival)
        guard
            let visible = send(
                completion, on: job.completionQueue, of: function, at: ready, now: now, platform: &platform)
        else {
            occupy(-buffered, of: received.charge)
            countReceive(of: number, function: index) { $0.completionErrors &+= 1 }
            drop(received.frame, .completionQueueError, at: function, .inbound, time: now, medium: &medium)
            return
        }
        job.completionLife = completionQueue(job.completionQueue, of: function).pointee.life
        queue.pointee.engine.lastVisible = visible
        let event = QueueEvent.received(job: receiveJobs.insert(job))
        events.schedule(.queue(function, generation: functions[index].generation, event), at: visible)
    }

    /// Walks the entry's list and times the writes of `byteCount` bytes.
    ///
    /// - Throws: what is wrong with the entry.
    @inline(__always)
    private mutating func plan(
        _ job: inout ReceiveJob, byteCount: Int, function: FunctionID, at time: SimTime, now: SimTime,
        platform: inout Platform
    ) throws(CompletionSyndrome) {
        let index = Int(function.index)
        let queue = receiveQueue(job.queue, of: function)
        var left = byteCount
        try readEntry(job.wqeCounter, of: job.queue, function: function, at: now, platform: &platform)
        let end = 1 << Int(queue.pointee.wq.logStride)
        var place = 0
        while left > 0, place < end {
            let data = WQEDataSegment(decoding: UnsafeRawBufferPointer(scratch.bytes), at: Self.entryOffset + place)
            if data.isEndOfList { break }
            var part = min(left, Int(data.bufferByteCount))
            try checkBuffer(data, part, of: queue, function: index)
            var address = data.address
            while part > 0 {
                let run = bufferRun(part, at: address, key: data.lkey, queue: queue, function: index)
                _ = link(of: function).pointee.write(
                    of: function, byteCount: run.byteCount, address: run.address, at: time)
                if run.byteCount == byteCount { (job.isOneRun, job.address) = (true, run.address) }
                address &+= UInt64(run.byteCount)
                part -= run.byteCount
                left -= run.byteCount
            }
            place += WQEDataSegment.byteCount
        }
        if left > 0 { throw .localLength }
    }

    /// A received frame and its completion reach host memory.
    @inline(__always)
    mutating func frameArrived(
        _ job: ReceiveJob, of function: FunctionID, at now: SimTime, platform: inout Platform, medium: inout Medium
    ) {
        let index = Int(function.index)
        guard functions[index].resources.receiveQueues.contains(job.queue),
            receiveQueue(job.queue, of: function).pointee.epoch == job.epoch
        else {
            forgetCompletion(of: job, function: function)
            drop(job.frame, .receiveQueueNotReady, at: function, .inbound, time: now, medium: &medium)
            return
        }
        medium.frames[job.frame].journey.spend(on: .dataWrite, until: now)
        do throws(DMAFault) {
            let bytes = UnsafeRawBufferPointer(medium.frames.bytes(job.frame))
            let tag = medium.frames.park(medium.frames[job.frame].journey)
            try scatter(bytes, job, tag: tag, of: function, at: now, platform: &platform)
        } catch {
            failReceive(
                job, .localProtection, isAsked: true, of: function, at: now, platform: &platform, medium: &medium)
            return
        }
        if completionLanded(
            on: job.completionQueue, life: job.completionLife, of: function, at: now, platform: &platform)
        {
            medium.frames.deliver(job.frame)
        } else {
            countReceive(of: job.queue, function: index) { $0.completionErrors &+= 1 }
            drop(job.frame, .completionQueueError, at: function, .inbound, time: now, medium: &medium)
        }
    }

    /// The queue of `job` has another life since: its completion, the oldest on its way, says nothing to anybody.
    private mutating func forgetCompletion(of job: ReceiveJob, function: FunctionID) {
        guard functions[Int(function.index)].resources.completionQueues.contains(job.completionQueue) else { return }
        let queue = completionQueue(job.completionQueue, of: function)
        if queue.pointee.life == job.completionLife { _ = queue.pointee.posting.popFirst() }
    }

    /// Writes `bytes` to the buffer of `job` and tags its first byte's memory.
    private mutating func scatter(
        _ bytes: UnsafeRawBufferPointer, _ job: ReceiveJob, tag: UInt32, of function: FunctionID, at now: SimTime,
        platform: inout Platform
    ) throws(DMAFault) {
        if job.isOneRun {
            try platform.dmaWrite(function, job.address, from: bytes, at: now)
            platform.setTag(tag, function, at: job.address)
            return
        }
        let index = Int(function.index)
        do throws(CompletionSyndrome) {
            try readEntry(job.wqeCounter, of: job.queue, function: function, at: now, platform: &platform)
        } catch { return }
        let end = 1 << Int(functions[index].resources.receiveQueues[job.queue].wq.logStride)
        var done = 0
        var place = 0
        while done < bytes.count, place < end {
            let data = WQEDataSegment(decoding: UnsafeRawBufferPointer(scratch.bytes), at: Self.entryOffset + place)
            if data.isEndOfList { return }
            var part = min(bytes.count - done, Int(data.bufferByteCount))
            var address = data.address
            // The driver may have changed the entry since it was checked.
            let queue = receiveQueue(job.queue, of: function)
            guard (try? checkBuffer(data, part, of: queue, function: index)) != nil else { return }
            while part > 0 {
                let run = bufferRun(part, at: address, key: data.lkey, queue: queue, function: index)
                let piece = bytes.piece(from: done, count: run.byteCount)
                try platform.dmaWrite(function, run.address, from: piece, at: now)
                if done == 0 { platform.setTag(tag, function, at: run.address) }
                address &+= UInt64(run.byteCount)
                part -= run.byteCount
                done += run.byteCount
            }
            place += WQEDataSegment.byteCount
        }
    }

    /// Where in `scratch` a receive entry is read to.
    private static let entryOffset = 4096

    @inline(__always)
    private mutating func readEntry(
        _ counter: UInt16, of number: Int, function: FunctionID, at now: SimTime, platform: inout Platform
    ) throws(CompletionSyndrome) {
        do throws(DMAFault) {
            try receiveQueue(number, of: function).pointee.wq.read(
                1, from: counter, of: function,
                into: scratch.bytes.piece(from: Self.entryOffset), at: now, platform: &platform)
        } catch { throw .localProtection }
    }

    @inline(__always)
    private mutating func checkBuffer(
        _ data: WQEDataSegment, _ byteCount: Int, of queue: UnsafeMutablePointer<ReceiveQueue>, function index: Int
    ) throws(CompletionSyndrome) {
        let domain = queue.pointee.wq.protectionDomain
        let reserved =
            queue.pointee.mayUseReservedKey ? parameters.reservedKey : nil
        guard
            functions[index].resources.permits(
                .localWrite, byteCount, at: data.address, key: data.lkey, domain: domain, reservedKey: reserved)
        else { throw .localProtection }
    }

    @inline(__always)
    private mutating func bufferRun(
        _ count: Int, at address: UInt64, key: UInt32, queue: UnsafeMutablePointer<ReceiveQueue>, function index: Int
    ) -> MemoryRun {
        let reserved =
            queue.pointee.mayUseReservedKey ? parameters.reservedKey : nil
        return functions[index].resources.run(count, at: address, key: key, reservedKey: reserved)
    }

    /// Takes the outer customer tag out of the frame; returns its control information.
    @inline(__always)
    private mutating func removeTag(from received: ReceivedFrame, medium: inout Medium) -> UInt16? {
        guard let tag = received.headers.vlanTag(0), tag.type == .customerVLAN else { return nil }
        let bytes = medium.frames.bytes(received.frame)
        let addresses = 2 * MACAddress.byteCount
        let rest = bytes.piece(from: addresses + VLANTag.byteCount)
        bytes.piece(from: addresses).copyMemory(from: UnsafeRawBufferPointer(rest))
        medium.frames.resize(received.frame, to: bytes.count - VLANTag.byteCount)
        return tag.tci
    }

    /// Counts something in the counter set of receive queue `number`, if it has one.
    mutating func countReceive(of number: Int, function index: Int, _ body: (inout QueueCounters) -> Void) {
        let set = functions[index].resources.receiveQueues[number].counterSet
        guard functions[index].resources.queueCounters.contains(set) else { return }
        body(&functions[index].resources.queueCounters[set])
    }
}
