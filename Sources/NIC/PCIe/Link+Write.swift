package import Host
package import Simulation

extension PCIeLink {
    /// Writes `byteCount` bytes of host memory at `address`.
    ///
    /// - Returns: `accepted`, when the last byte has left the device, whose buffer is then free; and `visible`, when a
    ///   processor can see all of it. Writes become visible in the order in which they leave.
    package mutating func write(
        of function: FunctionID = FunctionID(0), byteCount: Int, address: UInt64, at now: SimTime
    ) -> (accepted: SimTime, visible: SimTime) {
        counters.writeCount &+= 1
        counters.writeByteCount &+= UInt64(byteCount)
        let ready = issueWrite(byteCount: byteCount, at: now.picoseconds)
        let end = address &+ UInt64(byteCount)
        var position = address
        var last = LinkWrites.Write(asked: now.picoseconds, sent: ready, accepted: ready)
        while position < end {
            let next = format.writeEnd(from: position, to: end)
            let gap = next == end ? parameters.writeGap : 0
            last = post(of: function, from: position, to: next, asked: now.picoseconds, ready: ready, gap: gap)
            position = next
        }
        return (
            SimTime(picoseconds: last.sent),
            SimTime(picoseconds: last.accepted &+ parameters.writeVisibilityLatency)
        )
    }

    /// Sends a message-signalled interrupt, behind the writes before it; returns when it reaches a processor.
    package mutating func message(at now: SimTime) -> SimTime {
        counters.messageCount &+= 1
        let address: UInt64 = 0xfee0_0000
        let message = post(
            of: FunctionID(0), from: address, to: address &+ UInt64(LinkFormat.messageByteCount),
            asked: now.picoseconds, ready: now.picoseconds, gap: 0, isTranslated: true)
        return SimTime(picoseconds: message.accepted &+ parameters.messageLatency)
    }

    /// Takes the engine for a write operation; returns when its first packet is at the link.
    @inline(__always)
    private mutating func issueWrite(byteCount: Int, at time: UInt64) -> UInt64 {
        let unit = max(1, parameters.writeUnitByteCount)
        let unitCount = UInt64((byteCount &+ unit &- 1) / unit)
        let engineTime = parameters.writeIssueInterval &+ unitCount &* parameters.writeUnitInterval
        let start = writeEngine.reserve(engineTime, from: time)
        return start &+ parameters.writeEngineLatency &+ (UInt64(byteCount) &* parameters.writeMoveTime) >> 10
    }

    /// Sends one memory write packet; returns when it left and when the root complex has taken it.
    private mutating func post(
        of function: FunctionID, from start: UInt64, to end: UInt64, asked: UInt64, ready: UInt64, gap: UInt64,
        isTranslated: Bool = false
    ) -> LinkWrites.Write {
        let byteCount = Int(end &- start)
        let before = writes.last(askedBy: asked)
        let earliest = posted.admit(byteCount: byteCount, at: max(ready, before.sent))
        let wireByteCount = format.requestByteCount &+ format.dataByteCount(from: start, to: end)
        let duration = format.duration(byteCount: wireByteCount)
        let sent = upstream.reserve(duration &+ gap, from: earliest) &+ duration
        counters.upstreamByteCount &+= UInt64(wireByteCount)

        var accepted =
            isTranslated
            ? sent
            : translations.translate(
                page: translations.page(of: start), of: function, at: sent)
        accepted = max(accepted, before.accepted)
        accepted = max(accepted, rootComplex.reserve(parameters.writeInterval, from: sent)) &+ parameters.writeInterval
        posted.take(byteCount: byteCount, until: accepted &+ parameters.creditReturnLatency)
        let write = LinkWrites.Write(asked: asked, sent: sent, accepted: accepted)
        writes.insert(write)
        return write
    }
}
