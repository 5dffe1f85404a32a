import Host
import Simulation
import Wire

/// The switch's work on each frame, first part: how a frame enters, from a function or from a port.
extension NIC {
    /// `frame` of `function` has come out of the send pipeline, where queue `queue` sent it.
    @inline(__always)
    mutating func frameReady(
        _ frame: FrameID, from queue: UInt32, of function: FunctionID, at now: SimTime, platform: inout Platform,
        medium: inout Medium
    ) {
        let index = Int(function.index)
        let byteCount = medium.frames[frame].byteCount
        guard functions[index].vport.adminState != .down else {
            functions[index].vport.counters.transmitDiscardsDown &+= 1
            drop(frame, .functionDown, at: function, .outbound, time: now, medium: &medium)
            return
        }
        let destination = MACAddress(decoding: UnsafeRawBufferPointer(medium.frames.bytes(frame)))
        functions[index].vport.counters.countTransmitted(destination, byteCount)
        let control = switching.control(ofPlace: index - layout.first)
        if control != 0 {
            let time = switching.controls[control].shaper.admit(byteCount, at: now)
            if time > now {
                let event = QueueEvent.frameReleased(frame, queue: queue)
                events.schedule(.queue(function, generation: functions[index].generation, event), at: time)
                return
            }
        }
        enterSwitch(frame, from: queue, of: function, control, at: now, &platform, &medium)
    }

    /// `frame`, which kept to its vport's rate, may leave.
    mutating func frameReleased(
        _ frame: FrameID, from queue: UInt32, of function: FunctionID, at now: SimTime, platform: inout Platform,
        medium: inout Medium
    ) {
        let control = switching.control(ofPlace: Int(function.index) - layout.first)
        enterSwitch(frame, from: queue, of: function, control, at: now, &platform, &medium)
        // Its queue may have waited for room.
        runScheduler(at: now, platform: &platform, medium: &medium)
    }

    /// Whether `function` may form more frames.
    @inline(__always) func takesMore(_ function: FunctionID) -> Bool {
        let control = switching.control(ofPlace: Int(function.index) - layout.first)
        return control == 0 || switching.controls[control].shaper.takesMore
    }

    /// A frame of `function` that waited for its time waits no more.
    mutating func releaseShaped(_ frame: FrameID, of function: FunctionID, medium: borrowing Medium) {
        let control = switching.control(ofPlace: Int(function.index) - layout.first)
        guard control != 0 else { return }
        switching.controls[control].shaper.release(medium.frames[frame].byteCount)
        if switching.controls[control].shaper.takesMore { unshape(control) }
    }

    @inline(__always)
    private mutating func enterSwitch(
        _ frame: FrameID, from queue: UInt32, of function: FunctionID, _ control: Int, at now: SimTime,
        _ platform: inout Platform, _ medium: inout Medium
    ) {
        let vport = vportNumber(of: function)
        let eswitch = eswitch(of: function)
        let isManager = vport == switching.eswitches[eswitch].managerVport
        if isManager, control == 0, let port = switching.openPort(ofEswitch: eswitch) {
            // Nobody has set up anything: what the manager sends leaves by the port.
            if let tap = functions[Int(function.index)].tap {
                medium.taps.record(frame, of: medium.frames, at: tap, .outbound, time: now)
            }
            let out = now + parameters.switchLatency
            medium.frames[frame].journey.spend(on: .fabric, until: out)
            transmit(frame, on: port, at: out, now: now, medium: &medium)
            return
        }
        let origin = SwitchOrigin(
            eswitch: eswitch, vport: vport, function: function, charge: .loopback,
            context: FrameContext(sourceVport: vport.rawValue, sourceQueue: isManager ? queue : 0), depth: 0)
        if control != 0, !passIngress(frame, origin, control, at: now, &medium) { return }
        let out = now + parameters.switchLatency
        guard let root = switching.eswitches[eswitch].forwardingRoot else {
            guard isManager else {
                drop(frame, .noSwitchRule, at: function, .outbound, time: now, medium: &medium)
                return
            }
            if let tap = functions[Int(function.index)].tap {
                medium.taps.record(frame, of: medium.frames, at: tap, .outbound, time: now)
            }
            medium.frames[frame].journey.spend(on: .fabric, until: out)
            leave(frame, origin, at: out, now: now, &platform, &medium)
            return
        }
        forward(frame, by: root, origin, at: out, now: now, &platform, &medium)
    }

    /// What the manager has set about frames that come in by a vport; false when that ends the frame.
    private mutating func passIngress(
        _ frame: FrameID, _ origin: SwitchOrigin, _ control: Int, at now: SimTime, _ medium: inout Medium
    ) -> Bool {
        if let list = switching.controls[control].ingressList {
            guard passList(list, frame, origin.context, medium: &medium) else {
                end(frame, .accessListDrop, origin, at: now, &medium)
                return false
            }
        }
        let insertion = switching.controls[control].insertion
        guard insertion != .never else { return true }
        let isTagged = medium.frames.outerType(of: frame).isVLAN
        if isTagged, insertion == .ifUntagged { return true }
        if isTagged, insertion == .overwrite { medium.frames.removeTag(from: frame) }
        medium.frames.insertTag(switching.controls[control].tag, into: frame)
        return true
    }

    /// Walks `frame` through an access list and changes its tags as the list says; false when the list drops it.
    mutating func passList(
        _ list: FlowTableHandle, _ frame: FrameID, _ context: FrameContext, medium: inout Medium
    ) -> Bool {
        let bytes = UnsafeRawBufferPointer(medium.frames.bytes(frame))
        let packet = SteeredPacket(PacketHeaders(parsing: bytes), bytes)
        var key = FlowKey(packet.headers, bytes, context)
        let lists = steering.decide(&key, packet, from: list)
        count(lists, byteCount: bytes.count)
        guard lists.deliveryCount == 1, lists.deliveries[0].destination.kind == .allow else { return false }
        medium.frames.changeTags(of: frame, lists.deliveries[0].path)
        return true
    }

    /// `frame` arrived at `port`.
    @inline(__always)
    mutating func forward(
        _ frame: FrameID, from port: PortID, at now: SimTime, platform: inout Platform, medium: inout Medium
    ) {
        let entered = now + parameters.portReceiveLatency + parameters.switchLatency
        if let eswitch = switching.soleEswitch(of: port) {
            arrive(frame, inEswitch: eswitch, .port(port), at: entered, now: now, &platform, &medium)
        } else {
            share(frame, from: port, at: entered, now: now, &platform, &medium)
        }
    }

    /// `frame` comes in by the uplink of switch `eswitch`.
    @inline(__always)
    mutating func arrive(
        _ frame: FrameID, inEswitch eswitch: Int, _ charge: BufferCharge, depth: Int = 0, at time: SimTime,
        now: SimTime, _ platform: inout Platform, _ medium: inout Medium
    ) {
        let origin = SwitchOrigin(
            eswitch: eswitch, vport: .uplink, function: nil, charge: charge, context: .fromUplink, depth: depth)
        let control = Int(switching.eswitches[eswitch].uplinkControl)
        if control != 0, !passIngress(frame, origin, control, at: now, &medium) { return }
        guard let root = switching.eswitches[eswitch].forwardingRoot else {
            let manager = layout.physical(switching.eswitches[eswitch].manager)
            deliver(frame, to: manager, origin, at: time, now: now, &platform, &medium)
            return
        }
        forward(frame, by: root, origin, at: time, now: now, &platform, &medium)
    }

    /// Ends `frame`, which came from `origin` and went nowhere, for `reason`.
    mutating func end(
        _ frame: FrameID, _ reason: DropReason, _ origin: SwitchOrigin, at now: SimTime, _ medium: inout Medium
    ) {
        if let function = origin.function {
            drop(frame, reason, at: function, .outbound, time: now, medium: &medium)
        } else {
            drop(frame, reason, at: switching.eswitches[origin.eswitch].port, time: now, medium: &medium)
        }
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
