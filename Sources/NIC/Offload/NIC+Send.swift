package import Host
package import Simulation
import Wire

/// Sending, fifth part: one entry, one frame.
extension NIC {
    /// Forms the frame that `entry` describes; when it goes to the switch, `completion` follows if it is wanted.
    mutating func send(
        _ entry: SendEntry, _ bytes: UnsafeRawBufferPointer, _ completion: SendCompletion, _ number: Int,
        _ function: FunctionID, _ start: SimTime, _ platform: inout Platform, _ medium: inout Medium
    ) throws(CompletionSyndrome) {
        let tagByteCount = entry.ethernet.insertsVLAN ? VLANTag.byteCount : 0
        let byteCount = entry.headerByteCount + entry.dataByteCount
        guard byteCount >= 14, byteCount + tagByteCount + FrameCheckSequence.byteCount <= Int(parameters.maximumMTU)
        else { throw .localLength }
        try checkKeys(of: entry, bytes, queue: number, function: Int(function.index))

        let journey = journey(
            of: entry, bytes, queue: number, function: function, at: start, platform: &platform, medium: &medium)
        let frame = medium.frames.create(byteCount: byteCount + tagByteCount, journey: journey)
        // The bytes are put where they belong once the tag is in.
        let target = medium.frames.bytes(frame).piece(from: tagByteCount)
        copyHeader(of: entry, bytes, to: target)
        var cursor = DataCursor(entry)
        var done = start
        do throws(DMAFault) {
            done = try gather(
                into: target.piece(from: entry.headerByteCount), &cursor, bytes,
                queue: number, function: function, at: start, platform: &platform)
        } catch {
            drop(frame, .sendMemoryFault, at: function, .outbound, time: start, medium: &medium)
            throw .localProtection
        }
        if tagByteCount > 0 { insertTag(of: entry.ethernet, in: medium.frames.bytes(frame)) }
        let flags = entry.ethernet.checksumFlags
        if !flags.isDisjoint(with: [.l3, .l4]) { SendChecksums.fill(medium.frames.bytes(frame), flags) }
        launch(frame, completion, of: number, function: function, at: done, medium: &medium)
    }

    /// Copies the inline header of `entry` to the start of `target`.
    @inline(__always)
    func copyHeader(
        of entry: SendEntry, _ bytes: UnsafeRawBufferPointer, to target: UnsafeMutableRawBufferPointer
    ) {
        guard entry.headerByteCount > 0 else { return }
        target.copyMemory(from: bytes.piece(from: entry.headerOffset, count: entry.headerByteCount))
    }

    /// Moves the addresses to the front and puts the tag behind them.
    func insertTag(of ethernet: WQEEthernetSegment, in bytes: UnsafeMutableRawBufferPointer) {
        let addresses = 2 * MACAddress.byteCount
        let source = UnsafeRawBufferPointer(bytes).piece(from: VLANTag.byteCount, count: addresses)
        bytes.copyMemory(from: source)
        let type: EtherType = ethernet.isServiceVLAN ? .serviceVLAN : .customerVLAN
        bytes.storeBigEndian(type.rawValue, at: addresses)
        bytes.storeBigEndian(ethernet.vlanTCI, at: addresses + 2)
    }

    /// Sends a frame whose last byte was there at `time` through the pipeline.
    @inline(__always)
    mutating func launch(
        _ frame: FrameID, _ completion: SendCompletion, of number: Int, function: FunctionID, at time: SimTime,
        medium: inout Medium
    ) {
        let index = Int(function.index)
        let queue = sendQueue(number, of: function)
        let gathered = max(time, queue.pointee.engine.lastGathered)
        let ready = max(sendPipeline.pass(at: gathered), queue.pointee.engine.lastReady)
        queue.pointee.engine.lastGathered = gathered
        queue.pointee.engine.lastReady = ready
        medium.frames[frame].journey.spend(on: .dataFetch, until: gathered)
        medium.frames[frame].journey.spend(on: .sendPipeline, until: ready)
        occupySend(frame, of: function, medium: medium)
        queue.pointee.engine.credit -= medium.frames[frame].byteCount
        let event = QueueEvent.frameReady(
            frame, queue: UInt32(truncatingIfNeeded: number), epoch: queue.pointee.epoch, completion)
        events.schedule(.queue(function, generation: functions[index].generation, event), at: ready)
    }

    /// `frame`, which `function` has begun to form, takes its part of the port's send buffer and of the link's window
    /// until it is ready (`QueueEvent.frameReady`).
    @inline(__always)
    package mutating func occupySend(_ frame: FrameID, of function: FunctionID, medium: borrowing Medium) {
        let index = Int(function.index)
        ports[Int(functions[index].port.index)].formingByteCount += bufferByteCount(of: frame, medium: medium)
        scheduler.gathering[functions[index].link] += medium.frames[frame].byteCount
    }

    /// Bytes that `frame` occupies in a buffer of the silicon: whole cells of 64 bytes.
    func bufferByteCount(of frame: FrameID, medium: borrowing Medium) -> Int {
        (medium.frames[frame].byteCount + 63) & ~63
    }
}
