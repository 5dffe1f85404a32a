package import Wire

/// A send work queue entry taken apart (native interface, section 5.1).
///
/// Offsets count from the entry's first byte.
package struct SendEntry: Sendable, BitwiseCopyable, Equatable {
    package let control: WQEControlSegment
    package let ethernet: WQEEthernetSegment
    /// The inline header starts here and has so many bytes.
    package let headerOffset: Int
    package let headerByteCount: Int
    /// The data segments: from the first to the entry's end.
    package let dataOffset: Int
    package let endOffset: Int
    /// Bytes of data that the data segments name.
    package let dataByteCount: Int

    /// Blocks of 64 bytes that an entry of `segmentCount` segments occupies.
    package static func blockCount(ofSegments segmentCount: UInt8) -> Int { (Int(segmentCount) + 3) >> 2 }

    /// Takes the entry apart that fills `bytes` from `offset` for as long as its control segment says.
    ///
    /// - Throws: the syndrome of the error completion. Nothing outside the entry is read.
    package init(
        decoding bytes: UnsafeRawBufferPointer, at offset: Int, longest: Int
    ) throws(CompletionSyndrome) {
        control = WQEControlSegment(decoding: bytes, at: offset)
        endOffset = Int(control.segmentCount) * 16
        guard endOffset >= 16, endOffset <= longest, offset + endOffset <= bytes.count else { throw .localQPOperation }
        guard control.opcode != .nop else {
            ethernet = WQEEthernetSegment()
            (headerOffset, headerByteCount, dataOffset, dataByteCount) = (endOffset, 0, endOffset, 0)
            return
        }
        guard control.opcode == .send || control.opcode == .lso, endOffset >= 32 else { throw .localQPOperation }
        ethernet = WQEEthernetSegment(decoding: bytes, at: offset + 16)
        headerOffset = 16 + WQEEthernetSegment.inlineHeaderOffset
        headerByteCount = ethernet.inlineHeaderByteCount
        dataOffset = 32 + 16 * WQEEthernetSegment.segmentCount(forInlineHeaderByteCount: headerByteCount)
        guard dataOffset <= endOffset else { throw .localLength }
        dataByteCount = try Self.dataByteCount(bytes, from: offset + dataOffset, to: offset + endOffset)
    }

    private static func dataByteCount(
        _ bytes: UnsafeRawBufferPointer, from start: Int, to end: Int
    ) throws(CompletionSyndrome) -> Int {
        var total = 0
        var place = start
        while place < end {
            let segment = WQEDataSegment(decoding: bytes, at: place)
            total += Int(segment.byteCount)
            place += segment.stride
            guard place <= end else { throw .localLength }
        }
        return total
    }
}

extension WQEDataSegment {
    /// Bytes from this segment to the next: more than 16 when data is inline.
    @inline(__always) var stride: Int {
        isInline ? 16 * Self.segmentCount(forInlineByteCount: Int(byteCount)) : Self.byteCount
    }
}

extension CompletionSyndrome: Error {}
