package import Simulation

/// Writes frames of many capture points to one pcapng file, compressed when its name ends in `.zst`.
///
/// One interface a capture point. Times are nanoseconds, the finest that Wireshark shows right, and the picoseconds
/// below them go into a custom option, so that `PcapngReader` gives back the exact time. Nothing in the file depends
/// on the clock, the machine or the user: the same frames give the same bytes.
package struct PcapngWriter: ~Copyable {
    /// Most bytes kept of a frame, and the bound that libpcap and Wireshark accept: 256 KiB.
    package static let longestSnapshot = 262_144

    private var output: CaptureOutput
    private let points: [CapturePointDescription]
    private let snapshotByteCount: Int
    /// By index of capture point: the interface's number, or -1 for a point that this file leaves out.
    private var interfaces = InlineArray<64, Int32>(repeating: -1)
    /// By interface: frames written, and those of them that were dropped.
    private var received = InlineArray<64, UInt64>(repeating: 0)
    private var dropped = InlineArray<64, UInt64>(repeating: 0)
    /// The comment options of all drop reasons, ready to copy, and where each begins.
    private let dropComments: [UInt8]
    private let dropCommentStarts: [Int]
    private var lastTime = SimTime.zero

    /// Number of frames written.
    package private(set) var frameCount: UInt64 = 0

    /// Creates the file at `path` and writes its section header and interface descriptions.
    ///
    /// - Parameters:
    ///   - points: the capture points of the file, in the order of its interfaces; frames of others are passed over.
    ///   - application: name and version of the writing program.
    ///   - comment: text for the whole file, such as scenario and seed; empty for none.
    ///   - snapshotByteCount: most bytes kept of a frame, at most `longestSnapshot`.
    ///   - compressionLevel: zstd's, for a name that ends in `.zst`.
    package init(
        path: String, points: [CapturePointDescription], application: String = "martlet", comment: String = "",
        snapshotByteCount: Int = longestSnapshot, compressionLevel: Int = 3
    ) throws(CaptureError) {
        precondition(points.count <= 64, "more capture points than a world has")
        let snapshot = min(max(snapshotByteCount, 1), Self.longestSnapshot)
        var file = try CaptureOutput(path: path, compressionLevel: compressionLevel)
        var head = PcapngBlock.sectionHeader(application: application, comment: comment).bytes
        for point in points { head += PcapngBlock.interfaceDescription(point, snapshotByteCount: snapshot).bytes }
        try file.write(head)
        output = file
        self.points = points
        self.snapshotByteCount = snapshot
        var comments: [UInt8] = []
        var starts: [Int] = []
        for reason in DropReason.allCases {
            starts.append(comments.count)
            var option = PcapngBlock()
            option.append(PcapngFormat.Option.comment, text: "dropped: \(reason.description)")
            comments += option.bytes
        }
        dropComments = comments
        dropCommentStarts = starts + [comments.count]
        for (index, point) in points.enumerated() { interfaces[Int(point.point.index)] = Int32(index) }
    }

    /// Writes one frame; a frame of a point that the file does not have is passed over.
    ///
    /// `header.originalByteCount` is the frame's length; `bytes` are those of it that were kept.
    package mutating func append(
        _ header: TapLog.Header, _ bytes: UnsafeRawBufferPointer
    ) throws(CaptureError) {
        let interface = interfaces[Int(header.point.index & 63)]
        guard interface >= 0 else { return }
        let kept = min(bytes.count, snapshotByteCount)
        let padded = (kept + 3) & ~3
        let (nanoseconds, remainder) = header.time.picoseconds.quotientAndRemainder(dividingBy: 1000)
        let comment = header.dropCode == 0 ? 0..<0 : commentRange(header.dropCode)
        let total = 28 + padded + comment.count + 8 + 12 + (remainder == 0 ? 0 : 12) + 4 + 4

        let start = try output.room(for: total)
        start.put(PcapngFormat.Block.enhancedPacket, at: 0)
        start.put(UInt32(total), at: 4)
        start.put(UInt32(interface), at: 8)
        start.put(UInt32(truncatingIfNeeded: nanoseconds >> 32), at: 12)
        start.put(UInt32(truncatingIfNeeded: nanoseconds), at: 16)
        start.put(UInt32(kept), at: 20)
        start.put(UInt32(0), at: 24 + padded)  // The padding; what follows overwrites the rest of the word.
        start.put(header.originalByteCount, at: 24)
        if kept > 0, let base = bytes.baseAddress { (start + 28).copyMemory(from: base, byteCount: kept) }

        var place = start + 28 + padded
        if !comment.isEmpty { place = copyComment(comment, to: place) }
        place.put(PcapngFormat.Option.packetFlags, length: 4, at: 0)
        place.put(header.direction == .inbound ? UInt32(1) : 2, at: 4)
        place.put(PcapngFormat.Option.packetIdentifier, length: 8, at: 8)
        place.put(header.serial, at: 12)
        place += 20
        if remainder != 0 {
            place.put(PcapngFormat.Option.custom, length: 8, at: 0)
            place.put(PcapngFormat.enterpriseNumber, at: 4)
            place.put(UInt32(truncatingIfNeeded: remainder), at: 8)
            place += 12
        }
        place.put(UInt32(0), at: 0)
        place.put(UInt32(total), at: 4)
        output.commit(total)

        received[Int(interface)] &+= 1
        if header.dropCode != 0 { dropped[Int(interface)] &+= 1 }
        frameCount &+= 1
        if header.time > lastTime { lastTime = header.time }
    }

    /// Writes the statistics of every interface and closes the file.
    ///
    /// Nothing may be appended afterwards.
    package mutating func finish() throws(CaptureError) {
        for index in points.indices {
            let block = PcapngBlock.interfaceStatistics(
                interface: UInt32(index), nanoseconds: lastTime.picoseconds / 1000, received: received[index],
                dropped: dropped[index])
            try output.write(block.bytes)
        }
        try output.finish()
    }

    private func commentRange(_ dropCode: UInt8) -> Range<Int> {
        let index = Int(dropCode) - 1
        guard index < dropCommentStarts.count - 1 else { return 0..<0 }
        return dropCommentStarts[index]..<dropCommentStarts[index + 1]
    }

    private func copyComment(_ range: Range<Int>, to place: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
        dropComments.withUnsafeBytes { all in
            UnsafeMutableRawBufferPointer(start: place, count: range.count)
                .copyMemory(from: UnsafeRawBufferPointer(rebasing: all[range]))
        }
        return place + range.count
    }
}
