import Host
import Simulation
import Wire

/// The poll of a channel: completions within a budget, refill, doorbells, and interrupts again when idle.
extension Netdev {
    /// Schedules a poll of channel `index` when its core is free, unless one is pending.
    mutating func schedulePoll(_ index: Int, fromInterrupt: Bool, at now: SimTime, kernel: inout Kernel) {
        let channel = channels + index
        guard !channel.pointee.pollIsPending else { return }
        channel.pointee.pollIsPending = true
        let cost = fromInterrupt ? kernel.parameters.perInterrupt : .zero
        let start = kernel.processors.work(cost, on: channel.pointee.core, from: now)
        kernel.events.schedule(pollEvent(index, fromInterrupt: fromInterrupt), at: start)
    }

    /// One poll: takes what is there, and spends the time that it costs.
    ///
    /// What it does for the device's eyes, doorbells and their records, is done when that time is over.
    mutating func poll(
        _ index: Int, fromInterrupt: Bool, at now: SimTime, core: inout FunctionInterface, kernel: inout Kernel,
        host: inout Host, medium: inout Medium
    ) {
        let channel = channels + index
        channel.pointee.pollIsPending = false
        guard channel.pointee.isActive else { return }
        channel.pointee.pollIsPending = true
        channel.pointee.counters.polls &+= 1
        var cost = kernel.parameters.perPoll
        if fromInterrupt || channel.pointee.hasEvents { drainEvents(index, at: now, core: &core, host: &host) }
        let budget = kernel.parameters.pollBudget
        let sent = pollSends(index, budget: 4 * budget, at: now, core: &core, kernel: &kernel)
        pollControl(index)
        var receivedBytes = 0
        let received = pollReceives(
            index, budget: budget, at: now, bytes: &receivedBytes, core: &core, kernel: &kernel, host: &host,
            medium: &medium)
        cost += kernel.parameters.perPacketReceive * received
        cost += kernel.parameters.perByte * receivedBytes
        let unrung = channel.pointee.send.unrungCount
        if unrung > 0 { cost += kernel.parameters.perPacketTransmit * unrung + kernel.parameters.perDoorbell }
        channel.pointee.pollMadeRoom = sent > 0
        channel.pointee.pollGoesOn = received >= budget || sent >= 4 * budget
        channel.pointee.pollEnd = spend(cost, on: index, from: now, kernel: &kernel)
    }

    /// Has the core of channel `index` busy for `cost`, after what it has to do already, and finishes then; returns when.
    @discardableResult @inline(__always)
    mutating func spend(_ cost: SimDuration, on index: Int, from now: SimTime, kernel: inout Kernel) -> SimTime {
        let channel = channels + index
        // The core may have been given more to do between the work's being scheduled and its start.
        let end = kernel.processors.work(cost, on: channel.pointee.core, from: now)
        kernel.events.schedule(finishEvent(index), at: end)
        return end
    }

    /// The time is over that the core has spent on channel `index`: the device gets to know what was done.
    mutating func finish(
        _ index: Int, at now: SimTime, core: inout FunctionInterface, kernel: inout Kernel, host: inout Host,
        medium: inout Medium
    ) {
        let channel = channels + index
        let isPoll = channel.pointee.pollEnd.map { $0 <= now } ?? false
        if isPoll {
            channel.pointee.pollEnd = nil
            channel.pointee.pollIsPending = false
        }
        guard channel.pointee.isActive else { return }
        if isPoll { channel.pointee.counters.rxReposts &+= UInt64(channel.pointee.receive.refill()) }
        ringDoorbell(index, at: now, core: core, host: &host)
        guard isPoll else { return }
        if channel.pointee.pollMadeRoom { wake(index, at: now, kernel: &kernel) }
        // An interrupt that came meanwhile has to be answered, or the event queue raises no other.
        guard channel.pointee.pollGoesOn || channel.pointee.hasEvents else {
            return armAll(index, at: now, core: core, host: &host)
        }
        channel.pointee.completionQueues.receive.publish()
        channel.pointee.completionQueues.send.publish()
        channel.pointee.completionQueues.control.publish()
        // Nobody else has come to the core meanwhile: the poll goes on in the same breath.
        if kernel.processors[channel.pointee.core] <= now {
            poll(index, fromInterrupt: false, at: now, core: &core, kernel: &kernel, host: &host, medium: &medium)
        } else {
            schedulePoll(index, fromInterrupt: false, at: now, kernel: &kernel)
        }
    }

    /// Reads the channel's event queue and arms it.
    mutating func drainEvents(
        _ index: Int, at now: SimTime, core: inout FunctionInterface, host: inout Host
    ) {
        channels[index].hasEvents = false
        guard let queue = core.index(of: .completion(index)) else { return }
        for _ in 0..<FunctionInterface.eventBudget {
            guard core.eventQueues[queue].next() != nil else { break }
            channels[index].counters.events &+= 1
        }
        core.arm(queue, at: now, host: &host)
    }

    /// Takes completed sends off the ring; returns how many completions there were.
    private mutating func pollSends(
        _ index: Int, budget: Int, at now: SimTime, core: inout FunctionInterface, kernel: inout Kernel
    ) -> Int {
        let channel = channels + index
        var count = 0
        while count < budget, let entry = channel.pointee.completionQueues.send.next() {
            count += 1
            channel.pointee.counters.txCompletions &+= 1
            if entry.isError { sendFailed(index, entry, at: now, core: &core, kernel: &kernel) }
            release(index, upTo: entry.wqeCounter)
        }
        return count
    }

    /// Gives back what all entries up to the one whose first block is `counter` held.
    @inline(__always) mutating func release(_ index: Int, upTo counter: UInt16) {
        let channel = channels + index
        let mask = channel.pointee.send.size - 1
        while channel.pointee.send.consumer != channel.pointee.send.producer {
            let first = channel.pointee.send.consumer
            // A counter behind the consumer was completed before: nothing to give back.
            guard Int16(bitPattern: counter &- first) >= 0 else { return }
            let note = channel.pointee.send.notes[Int(first) & mask]
            channel.pointee.send.consumer = first &+ max(note.blockCount, 1)
            giveBack(note, channel)
            if first == counter { return }
        }
    }

    @inline(__always) mutating func giveBack(_ note: SendRing.Note, _ channel: UnsafeMutablePointer<Channel>) {
        guard note.buffer != .max else { return }
        if note.isReceiveBuffer {
            channel.pointee.receive.pool.giveBack(note.buffer)
        } else {
            channel.pointee.send.pool?.giveBack(note.buffer)
        }
    }

    private mutating func sendFailed(
        _ index: Int, _ entry: CompletionQueueEntry, at now: SimTime, core: inout FunctionInterface,
        kernel: inout Kernel
    ) {
        let channel = channels + index
        channel.pointee.counters.txErrors &+= 1
        guard !channel.pointee.send.isFailed else { return }
        let syndrome = String(entry.rawSyndrome, radix: 16)
        let vendor = String(entry.vendorSyndrome, radix: 16)
        let queue = String(entry.queueNumber, radix: 16)
        note(
            "error completion on SQ 0x\(queue), syndrome 0x\(syndrome), vendor syndrome 0x\(vendor)", at: now,
            core: core, kernel: &kernel)
        recoverSend(index, core: &core)
    }

    private mutating func pollControl(_ index: Int) {
        let channel = channels + index
        var count = 0
        while count < 64, let entry = channel.pointee.completionQueues.control.next() {
            count += 1
            let mask = channel.pointee.control.size - 1
            let blockCount = channel.pointee.control.notes[Int(entry.wqeCounter) & mask].blockCount
            channel.pointee.control.consumer = entry.wqeCounter &+ max(blockCount, 1)
            channel.pointee.counters.txNOP &+= 1
        }
    }

    /// Hands received packets to the application; returns how many completions there were.
    private mutating func pollReceives(
        _ index: Int, budget: Int, at now: SimTime, bytes: inout Int, core: inout FunctionInterface,
        kernel: inout Kernel, host: inout Host, medium: inout Medium
    ) -> Int {
        let channel = channels + index
        let mask = 1 << channel.pointee.receive.logSize - 1
        var count = 0
        while count < budget, let entry = channel.pointee.completionQueues.receive.next() {
            count += 1
            let place = Int(entry.wqeCounter) & mask
            let buffer = channel.pointee.receive.buffers[place]
            channel.pointee.receive.consumer &+= 1
            guard !entry.isError, entry.opcode == .send else {
                receiveFailed(index, entry, buffer, at: now, core: &core, kernel: &kernel)
                continue
            }
            let byteCount = min(Int(entry.byteCount), 1 << channel.pointee.receive.pool.logByteCount)
            bytes += byteCount
            channel.pointee.counters.rxPackets &+= 1
            channel.pointee.counters.rxBytes &+= UInt64(byteCount)
            let pointer = channel.pointee.receive.pool.pointer(buffer)
            let packet = UnsafeMutableRawBufferPointer(start: pointer, count: byteCount)
            checkReceived(entry, UnsafeRawBufferPointer(packet), channel, verifies: kernel.parameters.verifiesChecksums)
            if let tapPoint {
                medium.taps.record(UnsafeRawBufferPointer(packet), serial: 0, at: tapPoint, .inbound, time: now)
            }
            consume(index, buffer, packet, entry, at: now, kernel: &kernel, host: &host, medium: &medium)
        }
        return count
    }

    private mutating func receiveFailed(
        _ index: Int, _ entry: CompletionQueueEntry, _ buffer: UInt32, at now: SimTime,
        core: inout FunctionInterface, kernel: inout Kernel
    ) {
        let channel = channels + index
        channel.pointee.counters.rxErrors &+= 1
        channel.pointee.receive.pool.giveBack(buffer)
        guard !channel.pointee.receive.isFailed else { return }
        let syndrome = String(entry.rawSyndrome, radix: 16)
        note("error completion on RQ of channel \(index), syndrome 0x\(syndrome)", at: now, core: core, kernel: &kernel)
        recoverReceive(index, core: &core)
    }

    /// Counts what the completion says of checksum and tag, and checks the sum as the stack does (section 5.3).
    @inline(__always)
    private mutating func checkReceived(
        _ entry: CompletionQueueEntry, _ packet: UnsafeRawBufferPointer, _ channel: UnsafeMutablePointer<Channel>,
        verifies: Bool
    ) {
        if entry.isVLANStripped { channel.pointee.counters.rxRemovedVLAN &+= 1 }
        guard settings.features.receiveChecksum else {
            channel.pointee.counters.rxChecksumNone &+= 1
            return
        }
        if packet.count <= 60 || entry.l3HeaderType == .none {
            if entry.isL3OK, entry.isL4OK {
                channel.pointee.counters.rxChecksumUnnecessary &+= 1
            } else {
                channel.pointee.counters.rxChecksumNone &+= 1
            }
            return
        }
        channel.pointee.counters.rxChecksumComplete &+= 1
        guard verifies else { return }
        let sum = InternetChecksum.sum(of: packet, from: 14, count: packet.count - 14)
        guard sum != entry.checksum, sum != 0xffff || entry.checksum != 0 else { return }
        // A tag left in the packet may lie outside the device's sum, as the network header's start is what counts.
        let type: UInt16 = packet.bigEndian(at: 12)
        if type == 0x8100 || type == 0x88a8, packet.count > 18,
            InternetChecksum.sum(of: packet, from: 18, count: packet.count - 18) == entry.checksum
        {
            return
        }
        channel.pointee.counters.rxChecksumWrong &+= 1
    }

    /// Writes the send doorbell of channel `index` for everything that was posted.
    mutating func ringDoorbell(_ index: Int, at time: SimTime, core: borrowing FunctionInterface, host: inout Host) {
        let channel = channels + index
        guard channel.pointee.send.unrungCount > 0 else { return }
        channel.pointee.counters.txXmitMore &+= UInt64(channel.pointee.send.unrungCount - 1)
        channel.pointee.counters.doorbells &+= 1
        let doorbell = channel.pointee.send.finishBatch()
        core.ring(UAR.sendDoorbell, doorbell, at: time, host: &host)
    }

    /// The core works on frames that were handed over outside a poll; their doorbell is rung when it has.
    mutating func flush(_ index: Int, at now: SimTime, kernel: inout Kernel) {
        let channel = channels + index
        channel.pointee.flushIsPending = false
        guard channel.pointee.isActive else { return }
        let unrung = channel.pointee.send.unrungCount
        spend(
            kernel.parameters.perPacketTransmit * unrung + kernel.parameters.perDoorbell, on: index, from: now,
            kernel: &kernel)
    }

    /// Asks for a flush of channel `index`, unless one is pending.
    mutating func scheduleFlush(_ index: Int, at now: SimTime, kernel: inout Kernel) {
        let channel = channels + index
        guard !channel.pointee.flushIsPending else { return }
        channel.pointee.flushIsPending = true
        kernel.events.schedule(flushEvent(index), at: max(now, kernel.processors[channel.pointee.core]))
    }
}
