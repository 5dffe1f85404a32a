import Host
import Simulation
import Wire

/// The switch's work on each frame: from a function's port to an uplink, and from an uplink to a function's port.
extension NIC {
    /// `frame` of `function` has come out of the send pipeline.
    @inline(__always)
    mutating func frameReady(_ frame: FrameID, of function: FunctionID, at now: SimTime, medium: inout Medium) {
        let index = Int(function.index)
        let byteCount = medium.frames[frame].byteCount
        guard functions[index].vport.adminState != .down else {
            functions[index].vport.counters.transmitDiscardsDown &+= 1
            drop(frame, .functionDown, at: function, .outbound, time: now, medium: &medium)
            return
        }
        let destination = MACAddress(decoding: UnsafeRawBufferPointer(medium.frames.bytes(frame)))
        functions[index].vport.counters.countTransmitted(destination, byteCount)
        guard let port = switching.uplinks[index - layout.first] else {
            drop(frame, .noSwitchRule, at: function, .outbound, time: now, medium: &medium)
            return
        }
        if let tap = functions[index].tap {
            medium.taps.record(frame, of: medium.frames, at: tap, .outbound, time: now)
        }
        let out = now + parameters.switchLatency
        medium.frames[frame].journey.spend(on: .fabric, until: out)
        transmit(frame, on: port, at: out, now: now, medium: &medium)
    }

    /// `frame` arrived at the uplink `port`: it comes out of the receive pipeline of a function, or is dropped.
    @inline(__always)
    mutating func forward(
        _ frame: FrameID, from port: PortID, at now: SimTime, platform: inout Platform, medium: inout Medium
    ) {
        guard case .passThrough(let function) = switching.rules[Int(port.index)] else {
            drop(frame, .noSwitchRule, at: port, time: now, medium: &medium)
            return
        }
        let index = Int(function.index)
        let byteCount = medium.frames[frame].byteCount
        guard functions[index].vport.adminState != .down else {
            functions[index].vport.counters.receiveDiscardsDown &+= 1
            drop(frame, .functionDown, at: function, .inbound, time: now, medium: &medium)
            return
        }
        let destination = MACAddress(decoding: UnsafeRawBufferPointer(medium.frames.bytes(frame)))
        functions[index].vport.counters.countReceived(destination, byteCount)
        let entered = now + parameters.portReceiveLatency + parameters.switchLatency
        medium.frames[frame].journey.spend(on: .fabric, until: entered)
        steer(
            frame, charge: .port(port), context: .fromUplink, to: function, at: entered, now: now,
            platform: &platform, medium: &medium)
    }

    /// Ends `frame` at the port of `function`, for `reason`.
    mutating func drop(
        _ frame: FrameID, _ reason: DropReason, at function: FunctionID, _ direction: TapDirection, time: SimTime,
        medium: inout Medium
    ) {
        if functions.contains(Int(function.index)), let tap = functions[Int(function.index)].tap {
            medium.taps.record(frame, of: medium.frames, at: tap, direction, time: time, dropped: reason)
        }
        medium.frames.drop(frame, reason)
    }
}
