import Host
import Simulation
import Wire

/// The transmitters of the ports: each sends one frame after another, and the rest waits in the port's buffer.
///
/// The transmitter is told of frames a little ahead, so that small ones do not cost an event each. What waits is
/// nobody's but the port's: other ports' frames pass it by, and only the queues bound for this port feel that its
/// buffer is full.
extension NIC {
    /// `frame` is at `port` at `time`, on its way to the wire.
    @inline(__always)
    mutating func transmit(
        _ frame: FrameID, on port: PortID, at time: SimTime, now: SimTime, medium: inout Medium
    ) {
        let index = Int(port.index)
        guard ports[index].isUp else {
            ports[index].counters.transmitDiscards &+= 1
            drop(frame, .portDown, at: port, .outbound, time: now, medium: &medium)
            return
        }
        let byteCount = medium.frames[frame].byteCount
        guard byteCount + FrameCheckSequence.byteCount <= Int(ports[index].adminMTU) else {
            ports[index].counters.transmitDiscards &+= 1
            drop(frame, .frameTooLong, at: port, .outbound, time: now, medium: &medium)
            return
        }
        let ready = time + parameters.portTransmitLatency
        if ports[index].waitingByteCount == 0, ports[index].takes(at: ready) {
            return serialise(frame, on: port, at: ready, now: now, medium: &medium)
        }
        let buffered = (byteCount + 63) & ~63
        // Queues bound for this port never get here, as they wait; frames that the switch has brought from elsewhere do.
        guard ports[index].waitingByteCount + buffered <= 2 * parameters.sendBufferByteCount else {
            ports[index].counters.transmitDiscards &+= 1
            drop(frame, .transmitQueueFull, at: port, .outbound, time: now, medium: &medium)
            return
        }
        ports[index].wait(Port.WaitingFrame(frame: frame, ready: ready, bufferByteCount: buffered))
        serveTransmitterLater(port)
    }

    /// Gives the transmitter of `port` what it takes of the frames that wait; a port that is down loses them.
    mutating func serveTransmitter(_ port: PortID, at now: SimTime, platform: inout Platform, medium: inout Medium) {
        let index = Int(port.index)
        ports[index].isServing = false
        while let first = ports[index].waiting.first {
            if ports[index].isUp {
                guard ports[index].takes(at: max(first.ready, now)) else { break }
                _ = ports[index].popWaiting()
                serialise(first.frame, on: port, at: first.ready, now: now, medium: &medium)
            } else {
                _ = ports[index].popWaiting()
                ports[index].counters.transmitDiscards &+= 1
                drop(first.frame, .portDown, at: port, .outbound, time: now, medium: &medium)
            }
        }
        serveTransmitterLater(port)
        unblock(port, at: now, platform: &platform, medium: &medium)
    }

    private mutating func serveTransmitterLater(_ port: PortID) {
        let index = Int(port.index)
        guard !ports[index].isServing, ports[index].waitingByteCount > 0 else { return }
        ports[index].isServing = true
        events.schedule(.transmitter(port), at: ports[index].nextTime)
    }

    /// Sends `frame` when its first bit may leave and the transmitter is free.
    @inline(__always)
    private mutating func serialise(
        _ frame: FrameID, on port: PortID, at time: SimTime, now: SimTime, medium: inout Medium
    ) {
        let index = Int(port.index)
        // Padding costs line time and is counted, but is not kept: what a capture held leaves as it was.
        let sent = max(medium.frames[frame].byteCount, Port.shortestFrame)
        let lastBit = ports[index].serialise(sent, at: time)
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
}
