package import Host
package import Simulation
import Wire

/// The ports' work on each frame.
extension NIC {
    /// The last bit of `frame` arrived at `port`.
    package mutating func receive(
        _ frame: FrameID, on port: PortID, at now: SimTime, platform: inout Platform, medium: inout Medium
    ) {
        let index = Int(port.index)
        let byteCount = medium.frames[frame].byteCount
        medium.frames[frame].journey.spend(on: .wire, until: now)
        guard ports[index].isUp else {
            drop(frame, .portDown, at: port, time: now, medium: &medium)
            return
        }
        guard byteCount >= 14 else {
            ports[index].counters.receivedTooShort &+= 1
            drop(frame, .frameTooShort, at: port, time: now, medium: &medium)
            return
        }
        guard byteCount + FrameCheckSequence.byteCount <= Int(ports[index].adminMTU) else {
            ports[index].counters.receivedTooLong &+= 1
            drop(frame, .frameTooLong, at: port, time: now, medium: &medium)
            return
        }
        ports[index].counters.countReceived(
            MACAddress(decoding: UnsafeRawBufferPointer(medium.frames.bytes(frame))),
            max(byteCount, Port.shortestFrame))
        let buffered = bufferByteCount(of: frame, medium: medium)
        guard ports[index].bufferedByteCount + buffered <= parameters.receiveBufferByteCount else {
            ports[index].counters.receiveDiscards &+= 1
            drop(frame, .portBufferFull, at: port, time: now, medium: &medium)
            return
        }
        if let tap = portTaps[index] {
            medium.taps.record(frame, of: medium.frames, at: tap, .inbound, time: now)
        }
        forward(frame, from: port, at: now, platform: &platform, medium: &medium)
    }

    /// Serialises `frame`, which is at `port` at `time`, and hands it to the wire.
    @inline(__always)
    mutating func transmit(
        _ frame: FrameID, on port: PortID, at time: SimTime, now: SimTime, medium: inout Medium
    ) {
        let index = Int(port.index)
        let byteCount = medium.frames[frame].byteCount
        guard ports[index].isUp else {
            ports[index].counters.transmitDiscards &+= 1
            drop(frame, .portDown, at: port, .outbound, time: now, medium: &medium)
            return
        }
        guard byteCount + FrameCheckSequence.byteCount <= Int(ports[index].adminMTU) else {
            ports[index].counters.transmitDiscards &+= 1
            drop(frame, .frameTooLong, at: port, .outbound, time: now, medium: &medium)
            return
        }
        // Padding costs line time and is counted, but is not kept: what a capture held leaves as it was.
        let sent = max(byteCount, Port.shortestFrame)
        let lastBit = ports[index].serialise(sent, at: time + parameters.portTransmitLatency)
        ports[index].counters.countTransmitted(
            MACAddress(decoding: UnsafeRawBufferPointer(medium.frames.bytes(frame))), sent)
        medium.frames[frame].journey.spend(on: .port, until: lastBit)
        if let tap = portTaps[index] {
            if medium.taps.isEnabled(tap) {
                events.schedule(.departed(port, frame), at: lastBit)
            } else {
                medium.taps.record(frame, of: medium.frames, at: tap, .outbound, time: now)
            }
        }
        departures.schedule(Departure(port: port, frame: frame), at: lastBit)
    }

    /// Captures a frame at the moment its last bit leaves.
    mutating func recordDeparture(of frame: FrameID, from port: PortID, at now: SimTime, medium: inout Medium) {
        guard let tap = portTaps[Int(port.index)] else { return }
        medium.taps.record(frame, of: medium.frames, at: tap, .outbound, time: now)
    }

    /// Whether the send buffer has room for another burst.
    mutating func hasRoomToSend(at now: SimTime) -> Bool {
        var buffered = scheduler.bufferedByteCount
        for port in ports.indices { buffered += ports[port].backlogByteCount(at: now) }
        return buffered < parameters.sendBufferByteCount
    }

    /// Has the scheduler go on when half of the send buffer will be free.
    mutating func wakeScheduler(at now: SimTime) {
        guard !scheduler.isWaking else { return }
        var wake = now + .nanoseconds(100)
        for index in ports.indices {
            let port = ports[index]
            let half = SimDuration.picoseconds(UInt64(parameters.sendBufferByteCount / 2) * port.byteTime)
            if port.busyUntil > now + half { wake = max(wake, now + (port.busyUntil - (now + half))) }
        }
        scheduler.isWaking = true
        events.schedule(.schedule, at: wake)
    }

    /// Ends `frame` at `port`, for `reason`.
    mutating func drop(
        _ frame: FrameID, _ reason: DropReason, at port: PortID, _ direction: TapDirection = .inbound, time: SimTime,
        medium: inout Medium
    ) {
        if let tap = portTaps[Int(port.index)] {
            medium.taps.record(frame, of: medium.frames, at: tap, direction, time: time, dropped: reason)
        }
        medium.frames.drop(frame, reason)
    }
}
