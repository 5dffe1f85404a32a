import Host
import Simulation
import Wire

/// The generator: packets made from a pattern, at a rate or as fast as the ring takes them.
extension Netdev {
    /// Frames made in one event.
    static var generatorBatch: Int { 64 }

    /// Nothing is sent before there is a carrier: it would be lost at the port.
    mutating func startGenerator(at now: SimTime, core: borrowing FunctionInterface, kernel: inout Kernel) {
        guard let pattern = generator.pattern, settings.isOpen, settings.hasCarrier else { return }
        generator.generation &+= 1
        while generator.sentCount.count < channelCount { generator.sentCount.append(0) }
        if channelCount > 0, let pool = channels[0].send.pool, pattern.largestByteCount > 1 << pool.logByteCount {
            note(
                "frames of \(pattern.largestByteCount) bytes need buffers that are made at the next opening", at: now,
                core: core, kernel: &kernel)
            return
        }
        for index in 0..<channelCount {
            channels[index].generatorDue = nil
            kernel.events.schedule(generateEvent(index), at: now)
        }
    }

    /// Channels' completed sends made room: a stopped generator goes on.
    @inline(__always) mutating func wake(_ index: Int, at now: SimTime, kernel: inout Kernel) {
        guard channels[index].generatorIsStopped else { return }
        channels[index].generatorIsStopped = false
        channels[index].generatorDue = nil
        channels[index].counters.txWoken &+= 1
        kernel.events.schedule(generateEvent(index), at: now)
    }

    /// Sends what is due on channel `index`.
    mutating func generate(
        _ index: Int, at now: SimTime, kernel: inout Kernel, host: inout Host, medium: inout Medium
    ) {
        guard let pattern = generator.pattern, channels[index].isActive, settings.hasCarrier else { return }
        let channel = channels + index
        let due = channel.pointee.generatorDue ?? now
        let free = kernel.processors[channel.pointee.core]
        guard free <= now else {
            // The core has something else to do first.
            channel.pointee.generatorDue = due
            kernel.events.schedule(generateEvent(index), at: free)
            return
        }
        channel.pointee.generatorDue = nil
        let share = pattern.frameCount.map { count in
            count / UInt64(channelCount) + (UInt64(index) < count % UInt64(channelCount) ? 1 : 0)
        }
        let burst = pattern.framesPerSecond == nil ? Self.generatorBatch : max(1, pattern.burst)
        var made = 0
        while made < burst {
            if let share, generator.sentCount[index] >= share { break }
            guard makeFrame(index, pattern, at: now, host: &host, medium: &medium) else {
                channel.pointee.generatorIsStopped = true
                channel.pointee.counters.txStopped &+= 1
                break
            }
            generator.sentCount[index] += 1
            made += 1
        }
        if made > 0 {
            spend(
                kernel.parameters.perPacketTransmit * made + kernel.parameters.perDoorbell, on: index, from: now,
                kernel: &kernel)
        }
        if let share, generator.sentCount[index] >= share { return }
        if channel.pointee.generatorIsStopped { return }
        let next: SimTime
        if let rate = pattern.framesPerSecond, rate > 0 {
            let gap =
                UInt64(burst * channelCount).multipliedReportingOverflow(by: 1_000_000_000_000).partialValue / rate
            next = max(now, due + .picoseconds(gap))
            channel.pointee.generatorDue = due + .picoseconds(gap)
        } else {
            next = kernel.processors[channel.pointee.core]
        }
        kernel.events.schedule(generateEvent(index), at: next)
    }

    /// What the next packet of a generator is to be.
    private struct PacketPlan {
        /// Payload bytes, and of each segment when the device or software is to cut it.
        var payloadByteCount: Int
        var segmentByteCount: Int
        var flow: UInt32
        var number: UInt64
        /// A tag that software writes into the packet.
        var tag: UInt16?
        var headerByteCount: Int
    }

    /// Makes and posts the next packet of channel `index`; false when ring or pool is exhausted.
    private mutating func makeFrame(
        _ index: Int, _ pattern: TrafficPattern, at now: SimTime, host: inout Host, medium: inout Medium
    ) -> Bool {
        let number = generator.sentCount[index]
        let flow = UInt32(truncatingIfNeeded: number) &* UInt32(channelCount) &+ UInt32(index)
        let sizes = pattern.frameSizes
        let size = sizes.count == 1 ? sizes[0] : sizes[Int(number % UInt64(sizes.count))]
        let isLarge = pattern.tsoByteCount > 0
        let byDevice =
            pattern.transport == .tcp ? settings.features.tcpSegmentation : settings.features.genericSegmentation
        var plan = PacketPlan(
            payloadByteCount: isLarge ? pattern.tsoByteCount : max(size - 4 - pattern.headerByteCount, 0),
            segmentByteCount: max(pattern.segmentByteCount, 1), flow: flow % UInt32(max(pattern.flowCount, 1)),
            number: number, headerByteCount: pattern.headerByteCount)
        // The device inserts a tag only where no header is inline (section 5.1).
        if let vlan = pattern.vlan, !settings.features.transmitVLAN || isLarge && byDevice {
            plan.tag = vlan
            plan.headerByteCount += VLANTag.byteCount
        }
        guard isLarge else { return postPlain(index, pattern, plan, offset: 0, at: now, &host, &medium) }
        if byDevice { return postLarge(index, pattern, plan, at: now, &host, &medium) }
        let count = (plan.payloadByteCount + plan.segmentByteCount - 1) / plan.segmentByteCount
        let channel = channels + index
        guard channel.pointee.send.freeBlockCount > count, channel.pointee.send.pool?.freeCount ?? 0 >= count else {
            return false
        }
        for segment in 0..<count {
            var part = plan
            let offset = segment * plan.segmentByteCount
            part.payloadByteCount = min(plan.segmentByteCount, plan.payloadByteCount - offset)
            guard postPlain(index, pattern, part, offset: offset, at: now, &host, &medium) else { return false }
        }
        return true
    }

    /// Posts one frame; `offset` is that of its payload in what is cut by software.
    @inline(__always)
    private mutating func postPlain(
        _ index: Int, _ pattern: TrafficPattern, _ plan: PacketPlan, offset: Int, at now: SimTime,
        _ host: inout Host, _ medium: inout Medium
    ) -> Bool {
        let channel = channels + index
        let byteCount = plan.headerByteCount + plan.payloadByteCount
        guard !channel.pointee.send.isFailed, channel.pointee.send.hasRoom(forBlocks: 1),
            let pool = channel.pointee.send.pool, byteCount <= 1 << pool.logByteCount,
            let buffer = channel.pointee.send.pool?.takeFilled()
        else { return false }
        let packet = UnsafeMutableRawBufferPointer(start: pool.pointer(buffer), count: byteCount)
        writeHeaders(packet, pattern, plan, offset: offset)
        var ethernet = WQEEthernetSegment()
        if pattern.requestsChecksums && settings.features.transmitChecksum {
            ethernet.checksumFlags = pattern.isIPv6 ? .l4 : [.l3, .l4]
            channel.pointee.counters.txChecksumPartial &+= 1
        } else {
            Self.fillChecksums(packet)
            channel.pointee.counters.txChecksumNone &+= 1
        }
        if let vlan = pattern.vlan {
            if plan.tag == nil { ethernet.insertVLAN(tci: vlan) }
            channel.pointee.counters.txAddedVLAN &+= 1
        }
        host.memory.setTag(medium.frames.park(Journey(birth: now)), at: pool.physical(buffer))
        channel.pointee.send.postFrame(
            address: pool.address(buffer), byteCount: byteCount, ethernet: ethernet, opcode: .send, header: nil,
            inlineHeaderByteCount: 0, note: SendRing.Note(buffer: buffer))
        recordSent(UnsafeRawBufferPointer(packet), channel, at: now, &medium)
        return true
    }

    /// Posts one packet that the device is to cut into segments.
    private mutating func postLarge(
        _ index: Int, _ pattern: TrafficPattern, _ plan: PacketPlan, at now: SimTime, _ host: inout Host,
        _ medium: inout Medium
    ) -> Bool {
        let channel = channels + index
        let inlineCount = plan.headerByteCount
        let byteCount = inlineCount + plan.payloadByteCount
        let blocks = (3 + WQEEthernetSegment.segmentCount(forInlineHeaderByteCount: inlineCount) + 3) / 4
        guard !channel.pointee.send.isFailed, channel.pointee.send.hasRoom(forBlocks: blocks),
            let pool = channel.pointee.send.pool, byteCount <= 1 << pool.logByteCount,
            let buffer = channel.pointee.send.pool?.takeFilled()
        else { return false }
        let packet = UnsafeMutableRawBufferPointer(start: pool.pointer(buffer), count: byteCount)
        writeHeaders(packet, pattern, plan, offset: 0)
        var ethernet = WQEEthernetSegment()
        ethernet.checksumFlags = pattern.isIPv6 ? .l4 : [.l3, .l4]
        ethernet.mss = UInt16(clamping: plan.segmentByteCount)
        let segments = (plan.payloadByteCount + plan.segmentByteCount - 1) / plan.segmentByteCount
        channel.pointee.counters.txChecksumPartial &+= 1
        channel.pointee.counters.txTSOPackets &+= 1
        channel.pointee.counters.txTSOBytes &+= UInt64(byteCount + (segments - 1) * inlineCount)
        if plan.tag != nil { channel.pointee.counters.txAddedVLAN &+= 1 }
        host.memory.setTag(medium.frames.park(Journey(birth: now)), at: pool.physical(buffer))
        // The list of the payload starts behind the headers, which travel in the entry.
        channel.pointee.send.postFrame(
            address: pool.address(buffer) + UInt64(inlineCount), byteCount: plan.payloadByteCount,
            ethernet: ethernet, opcode: .lso, header: UnsafeRawPointer(pool.pointer(buffer)),
            inlineHeaderByteCount: inlineCount, note: SendRing.Note(buffer: buffer))
        recordSent(UnsafeRawBufferPointer(packet), channel, at: now, &medium)
        return true
    }

    @inline(__always)
    private mutating func recordSent(
        _ packet: UnsafeRawBufferPointer, _ channel: UnsafeMutablePointer<Channel>, at now: SimTime,
        _ medium: inout Medium
    ) {
        if let tapPoint { medium.taps.record(packet, serial: 0, at: tapPoint, .outbound, time: now) }
        countSent(channel, byteCount: packet.count)
    }

    /// Writes Ethernet, IP and transport headers; the payload is what the buffer holds (`BufferPool.fill`).
    @inline(__always)
    private mutating func writeHeaders(
        _ packet: UnsafeMutableRawBufferPointer, _ pattern: TrafficPattern, _ plan: PacketPlan, offset: Int
    ) {
        guard packet.count >= plan.headerByteCount, let headers = packet.baseAddress else {
            preconditionFailure("a packet shorter than its headers")
        }
        func store<Value: FixedWidthInteger & BitwiseCopyable>(_ value: Value, at offset: Int) {
            headers.storeBytes(of: value.bigEndian, toByteOffset: offset, as: Value.self)
        }
        pattern.destination.encode(into: packet, at: 0)
        settings.address.encode(into: packet, at: 6)
        var l3 = 14
        if let tag = plan.tag {
            store(UInt16(0x8100), at: 12)
            store(tag, at: 14)
            l3 = 18
        }
        store(UInt16(pattern.isIPv6 ? 0x86dd : 0x0800), at: l3 - 2)
        let l4 = l3 + (pattern.isIPv6 ? 40 : 20)
        let length = packet.count - l3
        let transport: UInt8 = pattern.transport == .udp ? 17 : 6
        let flow = plan.flow
        if pattern.isIPv6 {
            store(UInt32(0x6000_0000), at: l3)
            store(UInt16(truncatingIfNeeded: length - 40), at: l3 + 4)
            store(UInt16(transport) << 8 | 64, at: l3 + 6)
            // 2001:db8::/32 is the prefix for documentation.
            for (place, last) in [(8, 0x0001_0000 + flow), (24, 0x0002_0000 as UInt32)] {
                store(UInt64(0x2001_0db8_0000_0000), at: l3 + place)
                store(UInt64(last), at: l3 + place + 8)
            }
        } else {
            store(UInt32(0x4500_0000) | UInt32(truncatingIfNeeded: length) & 0xffff, at: l3)
            store(UInt32(truncatingIfNeeded: plan.number) << 16, at: l3 + 4)
            store(UInt32(64) << 24 | UInt32(transport) << 16, at: l3 + 8)
            // 198.18.0.0/15 is the range for benchmarks.
            store(UInt32(0xc612_0000) + 1 + (flow & 0xffff), at: l3 + 12)
            store(UInt32(0xc613_0001), at: l3 + 16)
        }
        store(UInt16(truncatingIfNeeded: 1024 + flow % 60_000), at: l4)
        store(UInt16(9), at: l4 + 2)
        if pattern.transport == .udp {
            store(UInt16(truncatingIfNeeded: packet.count - l4), at: l4 + 4)
            store(UInt16(0), at: l4 + 6)
        } else {
            let whole = pattern.tsoByteCount > 0 ? pattern.tsoByteCount : plan.payloadByteCount
            let sequence = plan.number &* UInt64(max(whole, 1)) &+ UInt64(offset)
            store(UInt32(truncatingIfNeeded: sequence), at: l4 + 4)
            store(UInt32(1), at: l4 + 8)
            // ACK; PSH as well where what was cut ends.
            let isLast = pattern.tsoByteCount > 0 && offset + plan.payloadByteCount == pattern.tsoByteCount
            store(UInt32(isLast ? 0x5018_ffff : 0x5010_ffff), at: l4 + 12)
            store(UInt32(0), at: l4 + 16)
        }
    }

    /// Computes the checksums of a packet whose checksum fields are zero.
    static func fillChecksums(_ packet: UnsafeMutableRawBufferPointer) {
        let bytes = UnsafeRawBufferPointer(packet)
        let headers = PacketHeaders(parsing: bytes)
        if headers.network == .ipv4, headers.l4Offset > 0 {
            var sum = InternetChecksum()
            sum.add(bytes, from: headers.l3Offset, count: headers.l3HeaderByteCount)
            packet.storeBigEndian(sum.checksum, at: headers.l3Offset + 10)
        }
        guard headers.transport == .udp || headers.transport == .tcp, headers.payloadOffset > 0 else { return }
        let sum = InternetChecksum.transportSum(of: headers, in: bytes)
        let checksum = ~sum
        let isUDP = headers.transport == .udp
        packet.storeBigEndian(isUDP && checksum == 0 ? 0xffff : checksum, at: headers.l4Offset + (isUDP ? 6 : 16))
    }
}
