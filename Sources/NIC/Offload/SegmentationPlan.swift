import Wire

/// How a large send is cut: what its header says, and what changes in it from segment to segment
/// (native interface, section 5.1).
struct SegmentationPlan {
    let headerByteCount: Int
    let payloadByteCount: Int
    /// Payload bytes of each segment but the last.
    let segmentByteCount: Int
    let insertsTag: Bool
    private let headers: PacketHeaders

    /// - Throws: the syndrome of the error completion when the entry cannot be cut.
    init(
        _ entry: SendEntry, _ bytes: UnsafeRawBufferPointer, _ parameters: borrowing NICParameters
    ) throws(CompletionSyndrome) {
        headerByteCount = entry.headerByteCount
        payloadByteCount = entry.dataByteCount
        segmentByteCount = Int(entry.ethernet.mss)
        insertsTag = entry.ethernet.insertsVLAN
        guard segmentByteCount > 0, headerByteCount >= 14 else { throw .localQPOperation }
        let longest = Int(parameters.maximumMTU) - FrameCheckSequence.byteCount
        guard headerByteCount + segmentByteCount <= longest else { throw .localLength }
        guard headerByteCount + payloadByteCount <= 1 << parameters.logLongestSegmentation else { throw .localLength }
        let end = entry.headerOffset + headerByteCount
        let header = UnsafeRawBufferPointer(rebasing: bytes[entry.headerOffset..<end])
        headers = PacketHeaders(parsing: header, lengths: .ignored)
        guard headers.transport == .tcp || headers.transport == .udp, !headers.isFragment else {
            throw .localQPOperation
        }
    }

    /// Makes `frame`, which starts with a copy of the header, the segment whose payload starts at `offset`.
    func patch(_ frame: UnsafeMutableRawBufferPointer, segment: Int, offset: Int, payload: Int) {
        let l3 = headers.l3Offset
        let l4 = headers.l4Offset
        let byteCount = headerByteCount + payload
        if headers.network == .ipv4 {
            frame.storeBigEndian(UInt16(truncatingIfNeeded: byteCount - l3), at: l3 + 2)
            let identification: UInt16 = frame.bigEndian(at: l3 + 4)
            frame.storeBigEndian(identification &+ UInt16(truncatingIfNeeded: segment), at: l3 + 4)
        } else {
            frame.storeBigEndian(UInt16(truncatingIfNeeded: byteCount - l3 - 40), at: l3 + 4)
        }
        if headers.transport == .udp {
            frame.storeBigEndian(UInt16(truncatingIfNeeded: byteCount - l4), at: l4 + 4)
            return
        }
        let sequence: UInt32 = frame.bigEndian(at: l4 + 4)
        frame.storeBigEndian(sequence &+ UInt32(truncatingIfNeeded: offset), at: l4 + 4)
        var lengthAndFlags: UInt16 = frame.bigEndian(at: l4 + 12)
        if offset + payload < payloadByteCount {
            lengthAndFlags &= ~(TCPFlags.fin.rawValue | TCPFlags.psh.rawValue)
        }
        if offset > 0 { lengthAndFlags &= ~TCPFlags.cwr.rawValue }
        frame.storeBigEndian(lengthAndFlags, at: l4 + 12)
    }
}
