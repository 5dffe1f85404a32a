import Host
import Simulation
import Wire

/// Sending, fifth part, the other way: one entry, many frames (TSO for TCP, USO for UDP).
extension NIC {
    /// Forms frames of a large send from where it was left; false when its turn ends before the last one.
    mutating func segment(
        _ entry: SendEntry, _ bytes: UnsafeRawBufferPointer, _ completion: SendCompletion, _ number: Int,
        _ function: FunctionID, _ link: Int, _ start: SimTime, _ now: SimTime, _ platform: inout Platform,
        _ medium: inout Medium
    ) throws(CompletionSyndrome) -> Bool {
        let index = Int(function.index)
        let plan = try SegmentationPlan(entry, bytes, parameters)
        try checkKeys(of: entry, bytes, queue: number, function: index)
        let journey = journey(
            of: entry, bytes, queue: number, function: function, at: start, platform: &platform, medium: &medium)
        var offset = sendQueue(number, of: function).pointee.engine.segmentedByteCount
        var cursor = DataCursor(entry)
        cursor.skip(offset, in: bytes)
        let queue = sendQueue(number, of: function)
        let first = offset
        repeat {
            if offset > first, !goesOn(queue, link, function, at: now) {
                queue.pointee.engine.segmentedByteCount = offset
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
            offset += payload
            launch(
                frame, offset < plan.payloadByteCount ? .none : completion, of: number, function: function, at: done,
                medium: &medium)
            queue.pointee.engine.credit -= SendScheduler.overhead
        } while offset < plan.payloadByteCount
        queue.pointee.engine.segmentedByteCount = 0
        return true
    }
}
