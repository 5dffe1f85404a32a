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
