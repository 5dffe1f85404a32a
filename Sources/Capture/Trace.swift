package import Simulation

/// A whole trace in memory, for comparison: its capture points, and every frame with what was said about it.
package struct Trace: Sendable {
    /// One frame at one capture point.
    package struct Record: Sendable {
        /// Index in `pointNames`.
        package var point: Int
        package var time: SimTime
        package var direction: TapDirection?
        package var serial: UInt64?
        package var originalByteCount: Int
        package var comment: String?
        /// Where the kept bytes are in the trace's `storage`.
        var range: Range<Int>
    }

    /// Name of the file, or what stands for it in messages.
    package var name: String
    /// Names of the capture points.
    package private(set) var pointNames: [String] = []
    /// The frames, in the order of the file: number *n* of Wireshark at index *n* - 1.
    package private(set) var records: [Record] = []
    private var storage: [UInt8] = []
    private var pointOfTap: [Int] = []

    /// An empty trace with the capture points `points`, to be filled by `append`.
    package init(name: String, points: [CapturePointDescription]) {
        self.name = name
        pointNames = points.map(\.name)
        pointOfTap = Array(repeating: -1, count: 64)
        for (index, point) in points.enumerated() { pointOfTap[Int(point.point.index)] = index }
    }

    /// The trace in the pcapng file at `path`.
    package init(path: String) throws(CaptureError) {
        name = path
        var reader = try PcapngReader(path: path)
        while let packet = try reader.next() {
            records.append(
                Record(
                    point: packet.interface, time: packet.time, direction: packet.direction, serial: packet.serial,
                    originalByteCount: packet.originalByteCount, comment: packet.comment,
                    range: store(packet.bytes)))
        }
        pointNames = reader.interfaces.enumerated().map { $1.name.isEmpty ? "interface \($0)" : $1.name }
    }

    /// Adds a frame as `PcapngWriter` would write it.
    package mutating func append(_ header: TapLog.Header, _ bytes: UnsafeRawBufferPointer) {
        let index = Int(header.point.index)
        guard index < pointOfTap.count, pointOfTap[index] >= 0 else { return }
        records.append(
            Record(
                point: pointOfTap[index], time: header.time, direction: header.direction, serial: header.serial,
                originalByteCount: Int(header.originalByteCount),
                comment: header.dropReason.map { "dropped: \($0.description)" }, range: store(bytes)))
    }

    /// The kept bytes of the frame at `index`.
    package func bytes(_ index: Int) -> ArraySlice<UInt8> { storage[records[index].range] }

    /// Digest of everything that a comparison looks at.
    package var digest: UInt64 {
        var digest = TraceDigest()
        for name in pointNames { digest.add(name) }
        for record in records {
            digest.add(UInt64(record.point))
            digest.add(record.time.picoseconds)
            digest.add(record.direction.map { UInt64($0.rawValue) + 1 } ?? 0)
            digest.add(record.serial ?? .max)
            digest.add(UInt64(record.originalByteCount))
            digest.add(record.comment ?? "")
            storage.withUnsafeBytes { digest.add(UnsafeRawBufferPointer(rebasing: $0[record.range])) }
        }
        return digest.value
    }

    private mutating func store(_ bytes: UnsafeRawBufferPointer) -> Range<Int> {
        let start = storage.count
        storage.append(contentsOf: bytes)
        return start..<storage.count
    }
}
