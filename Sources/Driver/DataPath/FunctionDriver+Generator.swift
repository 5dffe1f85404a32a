import Host
import Simulation
import Wire

/// The generator: packets made from a pattern, at a rate or as fast as the ring takes them.
extension FunctionDriver {
    /// Frames made in one event.
    static var generatorBatch: Int { 64 }

    mutating func startGenerator(at now: SimTime) {
        guard generator.pattern != nil else { return }
        for index in 0..<channelCount {
            events.schedule(.generate(channel: UInt16(index), generation: generator.generation), at: now)
        }
    }

    /// Channels' completed sends made room: a stopped generator goes on.
    @inline(__always) mutating func wake(_ index: Int, at now: SimTime) {
        guard channels[index].generatorIsStopped else { return }
        channels[index].generatorIsStopped = false
        channels[index].counters.txWoken &+= 1
        events.schedule(.generate(channel: UInt16(index), generation: generator.generation), at: now)
    }

    /// Sends what is due on channel `index`.
    mutating func generate(_ index: Int, at now: SimTime, host: inout Host, medium: inout Medium) {
        guard let pattern = generator.pattern, channels[index].isActive, netdev.isOpen else { return }
        let channel = channels + index
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
            let start = max(now, coreBusyUntil[channel.pointee.core])
            let end = start + parameters.perPacketTransmit * made + parameters.perDoorbell
            coreBusyUntil[channel.pointee.core] = end
            ringDoorbell(index, at: end, host: &host)
        }
        if let share, generator.sentCount[index] >= share { return }
        if channel.pointee.generatorIsStopped { return }
        let next: SimTime
        if let rate = pattern.framesPerSecond, rate > 0 {
            let gap = UInt64(burst * channelCount).multipliedReportingOverflow(by: 1_000_000_000_000).partialValue / rate
            next = now + .picoseconds(gap)
        } else {
            next = coreBusyUntil[channel.pointee.core]
        }
        events.schedule(.generate(channel: UInt16(index), generation: generator.generation), at: next)
    }

    /// Makes and posts the next frame of channel `index`; false when ring or pool is exhausted.
    private mutating func makeFrame(
        _ index: Int, _ pattern: TrafficPattern, at now: SimTime, host: inout Host, medium: inout Medium
    ) -> Bool {
        let channel = channels + index
        let isLarge = pattern.tsoByteCount > 0 && netdev.features.tcpSegmentation
        let inlineCount = isLarge ? pattern.headerByteCount : 0
        let blocks = isLarge ? (3 + WQEEthernetSegment.segmentCount(forInlineHeaderByteCount: inlineCount) + 3) / 4 : 1
        guard !channel.pointee.send.isFailed, channel.pointee.send.hasRoom(forBlocks: blocks),
            let pool = channel.pointee.send.pool, let buffer = channel.pointee.send.pool?.take()
        else { return false }
        let number = generator.sentCount[index]
        let size = pattern.frameSizes[Int(number % UInt64(pattern.frameSizes.count))]
        let plain = max(size - 4, pattern.headerByteCount)
        let byteCount = isLarge ? pattern.headerByteCount + pattern.tsoByteCount : plain
        let limited = min(byteCount, 1 << pool.logByteCount)
        let packet = UnsafeMutableRawBufferPointer(start: pool.pointer(buffer), count: limited)
        let flow = UInt32(truncatingIfNeeded: number) &* UInt32(channelCount) &+ UInt32(index)
        writeHeaders(packet, pattern, flow: flow % UInt32(max(pattern.flowCount, 1)), number: number)
        var ethernet = WQEEthernetSegment()
        let offloads = pattern.requestsChecksums && netdev.features.transmitChecksum
        if offloads || isLarge {
            ethernet.checksumFlags = pattern.isIPv6 ? .l4 : [.l3, .l4]
            channel.pointee.counters.txChecksumPartial &+= 1
        } else {
            Self.fillChecksums(packet)
            channel.pointee.counters.txChecksumNone &+= 1
        }
        host.memory.setTag(medium.frames.park(Journey(birth: now)), at: pool.physical(buffer))
        if isLarge {
            ethernet.mss = UInt16(clamping: pattern.segmentByteCount)
            let segments = (pattern.tsoByteCount + pattern.segmentByteCount - 1) / pattern.segmentByteCount
            channel.pointee.counters.txTSOPackets &+= 1
            channel.pointee.counters.txTSOBytes &+= UInt64(limited + (segments - 1) * inlineCount)
            // The list of the payload starts behind the headers, which travel in the entry.
            channel.pointee.send.postFrame(
                address: pool.address(buffer) + UInt64(inlineCount), byteCount: limited - inlineCount,
                ethernet: ethernet, opcode: .lso, header: UnsafeRawPointer(pool.pointer(buffer)),
                inlineHeaderByteCount: inlineCount, note: SendRing.Note(buffer: buffer))
        } else {
            if let vlan = pattern.vlan {
                ethernet.insertVLAN(tci: vlan)
                channel.pointee.counters.txAddedVLAN &+= 1
            }
            channel.pointee.send.postFrame(
                address: pool.address(buffer), byteCount: limited, ethernet: ethernet, opcode: .send, header: nil,
                inlineHeaderByteCount: 0, note: SendRing.Note(buffer: buffer))
        }
        if let tapPoint {
            medium.taps.record(UnsafeRawBufferPointer(packet), serial: 0, at: tapPoint, .outbound, time: now)
        }
        countSent(channel, byteCount: limited)
        return true
    }

    /// Writes Ethernet, IP and transport headers; the payload stays what the buffer held, zeros at first.
    private func writeHeaders(
        _ packet: UnsafeMutableRawBufferPointer, _ pattern: TrafficPattern, flow: UInt32, number: UInt64
    ) {
        pattern.destination.encode(into: packet, at: 0)
        netdev.address.encode(into: packet, at: 6)
        packet.storeBigEndian(UInt16(pattern.isIPv6 ? 0x86dd : 0x0800), at: 12)
        let l4 = pattern.isIPv6 ? 54 : 34
        let length = packet.count - 14
        let transport: UInt8 = pattern.transport == .udp ? 17 : 6
        if pattern.isIPv6 {
            packet.storeBigEndian(UInt32(0x6000_0000), at: 14)
            packet.storeBigEndian(UInt16(truncatingIfNeeded: length - 40), at: 18)
            packet.storeBigEndian(UInt16(transport) << 8 | 64, at: 20)
            // 2001:db8::/32 is the prefix for documentation.
            for (offset, last) in [(22, 0x0001_0000 + flow), (38, 0x0002_0000 as UInt32)] {
                packet.storeBigEndian(UInt64(0x2001_0db8_0000_0000), at: offset)
                packet.storeBigEndian(UInt64(last), at: offset + 8)
            }
        } else {
            packet.storeBigEndian(UInt32(0x4500_0000) | UInt32(truncatingIfNeeded: length) & 0xffff, at: 14)
            packet.storeBigEndian(UInt32(truncatingIfNeeded: number) << 16, at: 18)
            packet.storeBigEndian(UInt32(64) << 24 | UInt32(transport) << 16, at: 22)
            // 198.18.0.0/15 is the range for benchmarks.
            packet.storeBigEndian(UInt32(0xc612_0000) + 1 + (flow & 0xffff), at: 26)
            packet.storeBigEndian(UInt32(0xc613_0001), at: 30)
        }
        packet.storeBigEndian(UInt16(truncatingIfNeeded: 1024 + flow % 60_000), at: l4)
        packet.storeBigEndian(UInt16(9), at: l4 + 2)
        if pattern.transport == .udp {
            packet.storeBigEndian(UInt16(truncatingIfNeeded: packet.count - l4), at: l4 + 4)
            packet.storeBigEndian(UInt16(0), at: l4 + 6)
        } else {
            packet.storeBigEndian(UInt32(truncatingIfNeeded: number &* UInt64(max(packet.count - l4 - 20, 1))), at: l4 + 4)
            packet.storeBigEndian(UInt32(1), at: l4 + 8)
            packet.storeBigEndian(UInt32(0x5010_ffff), at: l4 + 12)
            packet.storeBigEndian(UInt32(0), at: l4 + 16)
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
