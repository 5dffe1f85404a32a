import Host
import Simulation
import Wire

/// What happens to received packets, and how packets enter the send ring.
extension Netdev {
    /// Notes what is to be on top of the interface; a generator starts when it is told to.
    mutating func keepApplication(_ application: Application) {
        self.application = application
        consumption = Consumption(application, on: index) { _ in nil }
        generator.generation &+= 1
        generator.sentCount = []
        generator.pattern = nil
        if case .generate(let pattern) = application { generator.pattern = pattern }
    }

    /// Takes one received packet to the application.
    ///
    /// The buffer is the application's until it is given back.
    @inline(__always)
    mutating func consume(
        _ index: Int, _ buffer: UInt32, _ packet: UnsafeMutableRawBufferPointer, _ entry: CompletionQueueEntry,
        at now: SimTime, kernel: inout Kernel, host: inout Host, medium: inout Medium
    ) {
        switch consumption {
        case .deliver:
            deliver(index, buffer, packet.count, at: now, kernel: &kernel, host: &host)
        case .forward:
            forward(index, buffer, packet, entry, at: now, kernel: &kernel, host: &host, medium: &medium)
        case .forwardSwapped:
            Reflection.exchangeEthernetAddresses(packet)
            forward(index, buffer, packet, entry, at: now, kernel: &kernel, host: &host, medium: &medium)
        case .reflect:
            Reflection.exchangeAddresses(packet)
            forward(index, buffer, packet, entry, at: now, kernel: &kernel, host: &host, medium: &medium)
        case .discard:
            channels[index].counters.txDropped &+= 1
            channels[index].receive.pool.giveBack(buffer)
        case .handOver(let target, let swaps):
            if swaps { Reflection.exchangeEthernetAddresses(packet) }
            let physical = channels[index].receive.pool.physical(buffer)
            accountSoftware(physical, at: now, packets: 1, parameters: kernel.parameters, host: &host, medium: &medium)
            kernel.handoffs.append(
                Handoff(
                    source: UInt16(self.index), target: target, channel: UInt16(index), buffer: buffer,
                    byteCount: UInt32(packet.count),
                    physical: physical, vlanTCI: entry.vlanTCI, hasVLAN: entry.isVLANStripped,
                    generation: channelGeneration))
        }
    }

    @inline(__always)
    private mutating func deliver(
        _ index: Int, _ buffer: UInt32, _ byteCount: Int, at now: SimTime, kernel: inout Kernel,
        host: inout Host
    ) {
        let channel = channels + index
        let tag = host.memory.tag(at: channel.pointee.receive.pool.physical(buffer))
        kernel.deliveries.schedule(
            HostSoftware.Delivery(tag: tag, byteCount: UInt32(byteCount), queue: UInt16(index)), at: now)
        channel.pointee.receive.pool.giveBack(buffer)
    }

    /// Sends a received packet again; its buffer goes back to the pool when that is done.
    @inline(__always)
    private mutating func forward(
        _ index: Int, _ buffer: UInt32, _ packet: UnsafeMutableRawBufferPointer, _ entry: CompletionQueueEntry,
        at now: SimTime, kernel: inout Kernel, host: inout Host, medium: inout Medium
    ) {
        let channel = channels + index
        guard !channel.pointee.send.isFailed, channel.pointee.send.hasRoom(forBlocks: 1) else {
            channel.pointee.counters.txDropped &+= 1
            channel.pointee.receive.pool.giveBack(buffer)
            return
        }
        var ethernet = WQEEthernetSegment()
        var byteCount = packet.count
        if entry.isVLANStripped {
            channel.pointee.counters.txAddedVLAN &+= 1
            if settings.features.transmitVLAN {
                ethernet.insertVLAN(tci: entry.vlanTCI)
            } else {
                byteCount = insertTag(
                    entry.vlanTCI, into: packet, limit: 1 << channel.pointee.receive.pool.logByteCount)
            }
        }
        let pool = channel.pointee.receive.pool
        let packets = channel.pointee.send.unrungCount + 1
        accountSoftware(
            pool.physical(buffer), at: now, packets: packets, parameters: kernel.parameters, host: &host,
            medium: &medium)
        if let tapPoint {
            let bytes = UnsafeRawBufferPointer(start: packet.baseAddress, count: byteCount)
            medium.taps.record(bytes, serial: 0, at: tapPoint, .outbound, time: now)
        }
        channel.pointee.send.postFrame(
            address: pool.address(buffer), byteCount: byteCount, ethernet: ethernet, opcode: .send, header: nil,
            inlineHeaderByteCount: 0, note: SendRing.Note(buffer: buffer, isReceiveBuffer: true))
        countSent(channel, byteCount: byteCount)
        channel.pointee.counters.txChecksumNone &+= 1
    }

    @inline(__always)
    mutating func countSent(_ channel: UnsafeMutablePointer<Channel>, byteCount: Int) {
        channel.pointee.counters.txPackets &+= 1
        channel.pointee.counters.txBytes &+= UInt64(byteCount)
    }

    /// Attributes the packet's time: up to now it waited to be seen, then software works on it.
    @inline(__always)
    private func accountSoftware(
        _ physical: UInt64, at now: SimTime, packets: Int, parameters: HostSoftwareParameters, host: inout Host,
        medium: inout Medium
    ) {
        guard var journey = medium.frames.takeParkedJourney(host.memory.tag(at: physical)) else { return }
        journey.spend(on: .notification, until: now)
        let cost = parameters.perPoll + (parameters.perPacketReceive + parameters.perPacketTransmit) * packets
        journey.spend(on: .software, until: now + cost)
        host.memory.setTag(medium.frames.park(journey), at: physical)
    }

    /// Puts a tag behind the addresses, in software; returns the new length.
    private func insertTag(_ tci: UInt16, into packet: UnsafeMutableRawBufferPointer, limit: Int) -> Int {
        guard packet.count + 4 <= limit, packet.count >= 14, let base = packet.baseAddress else { return packet.count }
        (base + 16).copyMemory(from: base + 12, byteCount: packet.count - 12)
        base.storeBytes(of: UInt16(0x8100).bigEndian, toByteOffset: 12, as: UInt16.self)
        base.storeBytes(of: tci.bigEndian, toByteOffset: 14, as: UInt16.self)
        return packet.count + 4
    }

    // MARK: Frames from outside

    /// Sends `frame` byte for byte on channel `index` modulo the number of channels; false when there is no room now.
    ///
    /// A frame that can never be sent (shorter than its Ethernet header, or longer than a buffer) is dropped and
    /// counted, which is true. The doorbell follows when the channel's core is free, so that frames handed over
    /// together share one.
    mutating func transmit(
        _ frame: UnsafeRawBufferPointer, channel index: Int = 0, journey: Journey? = nil, vlan: UInt16? = nil,
        at now: SimTime, kernel: inout Kernel, host: inout Host, medium: inout Medium
    ) -> Bool {
        guard channelCount > 0, settings.isOpen else { return false }
        let index = index % channelCount
        let channel = channels + index
        guard let pool = channel.pointee.send.pool, frame.count <= 1 << pool.logByteCount, frame.count >= 14,
            let start = frame.baseAddress
        else {
            channel.pointee.counters.txDropped &+= 1
            return true
        }
        guard !channel.pointee.send.isFailed, channel.pointee.send.hasRoom(forBlocks: 1),
            let buffer = channel.pointee.send.pool?.take()
        else {
            channel.pointee.counters.txStopped &+= 1
            return false
        }
        pool.pointer(buffer).copyMemory(from: start, byteCount: frame.count)
        let tag = medium.frames.park(journey ?? Journey(birth: now))
        host.memory.setTag(tag, at: pool.physical(buffer))
        if let tapPoint { medium.taps.record(frame, serial: 0, at: tapPoint, .outbound, time: now) }
        var ethernet = WQEEthernetSegment()
        if let vlan {
            ethernet.insertVLAN(tci: vlan)
            channel.pointee.counters.txAddedVLAN &+= 1
        }
        channel.pointee.send.postFrame(
            address: pool.address(buffer), byteCount: frame.count, ethernet: ethernet, opcode: .send,
            header: nil, inlineHeaderByteCount: 0, note: SendRing.Note(buffer: buffer))
        countSent(channel, byteCount: frame.count)
        channel.pointee.counters.txChecksumNone &+= 1
        scheduleFlush(index, at: now, kernel: &kernel)
        return true
    }

    /// Sends a packet that another interface has received and handed over; one that finds no room is dropped.
    mutating func transmit(
        _ handoff: Handoff, at now: SimTime, kernel: inout Kernel, host: inout Host, medium: inout Medium
    ) {
        guard let (pointer, _) = try? host.memory.pointer(at: handoff.physical) else { return }
        let bytes = UnsafeRawBufferPointer(start: pointer, count: Int(handoff.byteCount))
        let journey = medium.frames.takeParkedJourney(host.memory.tag(at: handoff.physical))
        let isTaken = transmit(
            bytes, channel: Int(handoff.channel), journey: journey, vlan: handoff.hasVLAN ? handoff.vlanTCI : nil,
            at: now, kernel: &kernel, host: &host, medium: &medium)
        guard !isTaken else { return }
        if channelCount > 0 {
            channels[Int(handoff.channel) % channelCount].counters.txDropped &+= 1
        } else {
            statistics.closed.txDropped &+= 1
        }
    }

    /// Takes back the buffer of a packet that another interface has sent or dropped.
    mutating func finish(_ handoff: Handoff, at now: SimTime, kernel: inout Kernel) {
        // The interface may have been closed since, and its buffers with it.
        guard Int(handoff.channel) < channelCount, handoff.generation == channelGeneration else { return }
        let channel = channels + Int(handoff.channel)
        channel.pointee.receive.pool.giveBack(handoff.buffer)
        // An empty ring receives nothing, and what receives nothing is never polled: the last buffers must go back.
        if channel.pointee.isActive, channel.pointee.receive.isStarved {
            schedulePoll(Int(handoff.channel), fromInterrupt: false, at: now, kernel: &kernel)
        }
    }
}

extension Netdev {
    /// Frames the generator has sent, over all channels.
    var generatedFrameCount: UInt64 { generator.sentCount.reduce(0, +) }

    /// Whether the generator has sent all it was asked for.
    var generatorIsFinished: Bool {
        guard let count = generator.pattern?.frameCount else { return false }
        return generatedFrameCount >= count
    }
}
