import Host
import Simulation
import Wire

/// Receiving, first part: the flow tables choose where a frame goes (native interface, section 6.5).
extension NIC {
    /// Parses `frame`, which enters the receive pipeline of `function` at `time`, and steers it from the root table.
    @inline(__always)
    mutating func steer(
        _ frame: FrameID, charge: BufferCharge, context: FrameContext, to function: FunctionID, at time: SimTime,
        now: SimTime, platform: inout Platform, medium: inout Medium
    ) {
        let index = Int(function.index)
        guard functions[index].reachesMemory, let root = functions[index].resources.receiveRoot else {
            functions[index].vport.counters.steeringDiscards &+= 1
            drop(frame, .steeringMiss, at: function, .inbound, time: now, medium: &medium)
            return
        }
        let bytes = UnsafeRawBufferPointer(medium.frames.bytes(frame))
        let packet = SteeredPacket(PacketHeaders(parsing: bytes), bytes)
        var received = ReceivedFrame(
            frame, charge: charge, arrival: now, ready: receivePipeline.pass(at: time), headers: packet.headers)
        var key = FlowKey(packet.headers, bytes, context)
        let lists = steering.decide(&key, packet, from: root)
        if lists.countCount > 0 { count(lists, byteCount: bytes.count) }
        let first = lists.deliveries
        if lists.deliveryCount == 1, first.pointee.destination.kind == .receiveInterface {
            received.ready += parameters.flowTableLatency * (Int(first.pointee.path.tableCount) - 1)
            received.flowTag = first.pointee.path.flowTag
            select(
                received, by: Int(first.pointee.destination.value), function: function, at: now,
                platform: &platform, medium: &medium)
            return
        }
        receiveAll(received, lists, function, now, &platform, &medium)
    }

    /// Hands `received`, and a copy for each further destination, to where `lists` say.
    private mutating func receiveAll(
        _ received: ReceivedFrame, _ lists: Verdict.Lists, _ function: FunctionID, _ now: SimTime,
        _ platform: inout Platform, _ medium: inout Medium
    ) {
        for place in 0..<lists.deliveryCount {
            var copy = received
            if place < lists.deliveryCount - 1 { copy.frame = medium.frames.copy(received.frame) }
            receive(copy, lists.deliveries[place], function, now, &platform, &medium)
        }
    }

    /// Counts a frame of `byteCount` bytes in the counters that a decision names.
    @inline(__always) func count(_ lists: Verdict.Lists, byteCount: Int) {
        for place in 0..<lists.countCount {
            let count = lists.counts[place]
            steering[count.counter].add(byteCount + Int(count.byteDifference))
        }
    }

    /// Hands `received` to where `delivery` says.
    private mutating func receive(
        _ received: ReceivedFrame, _ delivery: Verdict.Delivery, _ function: FunctionID, _ now: SimTime,
        _ platform: inout Platform, _ medium: inout Medium
    ) {
        var received = received
        received.ready += parameters.flowTableLatency * (Int(delivery.path.tableCount) - 1)
        received.flowTag = delivery.path.flowTag
        switch delivery.destination.kind {
        case .receiveInterface:
            select(
                received, by: Int(delivery.destination.value), function: function, at: now, platform: &platform,
                medium: &medium)
        case .drop: discard(received, delivery.reason, function, now, &medium)
        case .allow: discard(received, .steeringDrop, function, now, &medium)
        case .table, .vport, .uplink: discard(received, .badDestination, function, now, &medium)
        }
    }

    private mutating func discard(
        _ received: ReceivedFrame, _ reason: DropReason, _ function: FunctionID, _ now: SimTime,
        _ medium: inout Medium
    ) {
        functions[Int(function.index)].vport.counters.steeringDiscards &+= 1
        drop(received.frame, reason, at: function, .inbound, time: now, medium: &medium)
    }
}

extension FramePool {
    /// A new frame with the bytes and the journey of `frame`.
    mutating func copy(_ frame: FrameID) -> FrameID {
        let copy = create(byteCount: self[frame].byteCount, journey: self[frame].journey)
        bytes(copy).copyMemory(from: UnsafeRawBufferPointer(bytes(frame)))
        return copy
    }
}
