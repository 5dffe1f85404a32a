import Host
import Simulation
import Wire

/// The switch's work on each frame, second part: the forwarding tables, and the vports and ports they lead to.
extension NIC {
    /// Walks `frame` through the forwarding tables from `root` and hands it, and its copies, to their destinations.
    mutating func forward(
        _ frame: FrameID, by root: FlowTableHandle, _ origin: SwitchOrigin, at time: SimTime, now: SimTime,
        _ platform: inout Platform, _ medium: inout Medium
    ) {
        guard origin.depth < Steering.heldCount else { return end(frame, .steeringLoop, origin, at: now, &medium) }
        let bytes = UnsafeRawBufferPointer(medium.frames.bytes(frame))
        let packet = SteeredPacket(PacketHeaders(parsing: bytes), bytes)
        var key = FlowKey(packet.headers, bytes, origin.context)
        // Access lists and receive tables are walked while these are gone through.
        let lists = steering.hold(steering.decide(&key, packet, from: root), at: origin.depth)
        count(lists, byteCount: bytes.count)
        let count = reachableCount(lists, origin)
        guard count > 0 else { return end(frame, Self.reason(lists, origin), origin, at: now, &medium) }
        if let function = origin.function, let tap = functions[Int(function.index)].tap {
            medium.taps.record(frame, of: medium.frames, at: tap, .outbound, time: now)
        }
        var left = count
        for place in 0..<lists.deliveryCount where isReachable(lists.deliveries[place], origin) {
            left -= 1
            let copy = left > 0 ? medium.frames.copy(frame) : frame
            hand(copy, lists.deliveries[place], origin, at: time, now: now, &platform, &medium)
        }
    }

    /// Whether a destination is one at all, and another vport than the frame's own.
    private func isReachable(_ delivery: Verdict.Delivery, _ origin: SwitchOrigin) -> Bool {
        switch delivery.destination.kind {
        case .vport: delivery.destination.value != UInt32(origin.vport.rawValue)
        case .uplink: origin.vport != .uplink
        case .drop, .allow, .table, .receiveInterface: false
        }
    }

    private func reachableCount(_ lists: Verdict.Lists, _ origin: SwitchOrigin) -> Int {
        var count = 0
        for place in 0..<lists.deliveryCount where isReachable(lists.deliveries[place], origin) { count += 1 }
        return count
    }

    /// Why a frame with these destinations reaches none.
    private static func reason(_ lists: Verdict.Lists, _ origin: SwitchOrigin) -> DropReason {
        guard lists.deliveryCount > 0 else { return .noSwitchRule }
        let delivery = lists.deliveries[0]
        guard delivery.destination.kind == .drop else { return .ownFrame }
        return delivery.reason == .steeringMiss ? .noSwitchRule : delivery.reason
    }

    /// Hands `frame` to one destination.
    private mutating func hand(
        _ frame: FrameID, _ delivery: Verdict.Delivery, _ origin: SwitchOrigin, at time: SimTime, now: SimTime,
        _ platform: inout Platform, _ medium: inout Medium
    ) {
        let time = time + parameters.flowTableLatency * (Int(delivery.path.tableCount) - 1)
        medium.frames.changeTags(of: frame, delivery.path)
        let vport = VportNumber(UInt16(truncatingIfNeeded: delivery.destination.value))
        if delivery.destination.kind == .uplink || vport == .uplink {
            medium.frames[frame].journey.spend(on: .fabric, until: time)
            leave(frame, origin, at: time, now: now, &platform, &medium)
        } else if let function = function(of: vport, inEswitch: origin.eswitch),
            functions.contains(Int(function.index))
        {
            deliver(frame, to: function, origin, at: time, now: now, &platform, &medium)
        } else {
            end(frame, .vportUnknown, origin, at: now, &medium)
        }
    }

    /// `frame` goes out by the vport of `function`, and into its receive pipeline.
    @inline(__always)
    mutating func deliver(
        _ frame: FrameID, to function: FunctionID, _ origin: SwitchOrigin, at time: SimTime, now: SimTime,
        _ platform: inout Platform, _ medium: inout Medium
    ) {
        let index = Int(function.index)
        let control = switching.control(ofPlace: index - layout.first)
        if control != 0, !passEgress(frame, origin, control, &medium) {
            drop(frame, .accessListDrop, at: function, .inbound, time: now, medium: &medium)
            return
        }
        guard functions[index].vport.adminState != .down else {
            functions[index].vport.counters.receiveDiscardsDown &+= 1
            drop(frame, .functionDown, at: function, .inbound, time: now, medium: &medium)
            return
        }
        if origin.charge == .loopback, !hasLoopbackRoom(for: frame, medium: medium) {
            drop(frame, .loopbackBufferFull, at: function, .inbound, time: now, medium: &medium)
            return
        }
        let destination = MACAddress(decoding: UnsafeRawBufferPointer(medium.frames.bytes(frame)))
        functions[index].vport.counters.countReceived(destination, medium.frames[frame].byteCount)
        medium.frames[frame].journey.spend(on: .fabric, until: time)
        steer(
            frame, charge: origin.charge, context: origin.context, to: function, at: time, now: now,
            platform: &platform, medium: &medium)
    }

    private func hasLoopbackRoom(for frame: FrameID, medium: borrowing Medium) -> Bool {
        loopbackByteCount + bufferByteCount(of: frame, medium: medium) <= parameters.loopbackBufferByteCount
    }

    /// What the manager has set about frames that go out by a vport; false when that ends the frame.
    private mutating func passEgress(
        _ frame: FrameID, _ origin: SwitchOrigin, _ control: Int, _ medium: inout Medium
    ) -> Bool {
        if let list = switching.controls[control].egressList {
            guard passList(list, frame, origin.context, medium: &medium) else { return false }
        }
        if switching.controls[control].stripsTag, medium.frames.outerType(of: frame) == .customerVLAN {
            medium.frames.removeTag(from: frame)
        }
        return true
    }

    /// `frame` goes out by the uplink of its switch: to the wire, or to another switch behind the same port.
    @inline(__always)
    mutating func leave(
        _ frame: FrameID, _ origin: SwitchOrigin, at time: SimTime, now: SimTime, _ platform: inout Platform,
        _ medium: inout Medium
    ) {
        let control = Int(switching.eswitches[origin.eswitch].uplinkControl)
        if control != 0, !passEgress(frame, origin, control, &medium) {
            return end(frame, .accessListDrop, origin, at: now, &medium)
        }
        let port = switching.eswitches[origin.eswitch].port
        guard switching.soleEswitch(of: port) == nil else {
            return transmit(frame, on: port, at: time, now: now, medium: &medium)
        }
        leaveShared(frame, on: port, origin, at: time, now: now, &platform, &medium)
    }
}
