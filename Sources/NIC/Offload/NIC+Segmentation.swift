import Host
import Simulation
import Wire

/// Sending, fourth part, the other way: one entry, many frames (TSO for TCP, USO for UDP).
extension NIC {
    /// Frames that are formed before the room in the send buffer is looked at again.
    private static let batch = 16

    /// Forms the frames of a large send from where it was left; false when the send buffer is full before the last.
    mutating func segment(
        _ entry: SendEntry, _ bytes: UnsafeRawBufferPointer, _ number: Int, _ function: FunctionID, _ start: SimTime,
        _ now: SimTime, _ ready: inout SimTime, _ platform: inout Platform, _ medium: inout Medium
    ) throws(CompletionSyndrome) -> Bool {
        let index = Int(function.index)
        let plan = try SegmentationPlan(entry, bytes, parameters)
        try checkKeys(of: entry, bytes, queue: number, function: index)
        let journey = journey(
            of: entry, bytes, queue: number, function: function, at: start, platform: &platform, medium: &medium)
        var offset = functions[index].resources.sendQueues[number].engine.segmentedByteCount
        var cursor = DataCursor(entry)
        cursor.skip(offset, in: bytes)
        var formed = 0
        repeat {
            if formed > 0, formed % Self.batch == 0, !hasRoomToSend(at: now) {
                functions[index].resources.sendQueues[number].engine.segmentedByteCount = offset
                return false
            }
            let payload = min(plan.segmentByteCount, plan.payloadByteCount - offset)
            let tagByteCount = plan.insertsTag ? VLANTag.byteCount : 0
            let frame = medium.frames.create(
                byteCount: plan.headerByteCount + payload + tagByteCount, journey: journey)
            let target = medium.frames.bytes(frame).piece(from: tagByteCount)
            copyHeader(of: entry, bytes, to: target)
            var done = start
            do throws(DMAFault) {
                done = try gather(
                    into: target.piece(from: plan.headerByteCount), &cursor, bytes,
                    queue: number, function: function, at: start, platform: &platform)
            } catch {
                drop(frame, .sendMemoryFault, at: function, .outbound, time: start, medium: &medium)
                throw .localProtection
            }
            plan.patch(target, segment: offset / plan.segmentByteCount, offset: offset, payload: payload)
            if plan.insertsTag { insertTag(of: entry.ethernet, in: medium.frames.bytes(frame)) }
            SendChecksums.fill(medium.frames.bytes(frame), entry.ethernet.checksumFlags)
            ready = launch(frame, of: number, function: function, at: done, medium: &medium)
            offset += payload
            formed += 1
        } while offset < plan.payloadByteCount
        functions[index].resources.sendQueues[number].engine.segmentedByteCount = 0
        return true
    }
}
