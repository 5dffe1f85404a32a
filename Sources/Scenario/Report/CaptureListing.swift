package import Capture
internal import Simulation

/// What `martlet inspect` prints of a capture file.
package struct CaptureListing: Sendable {
    package var path: String
    package var filter: String?
    package var point: String?
    package var limit: Int?
    package var showsBytes: Bool

    package init(
        path: String, filter: String? = nil, point: String? = nil, limit: Int? = nil, showsBytes: Bool = false
    ) {
        self.path = path
        self.filter = filter
        self.point = point
        self.limit = limit
        self.showsBytes = showsBytes
    }

    /// One frame as either reader gives it.
    struct Frame {
        var number: UInt64
        /// Seconds; of a real capture since 1970, which in picoseconds no `SimTime` could hold.
        var seconds: String
        var point: String
        var direction: TapDirection?
        var originalByteCount: Int
        var bytes: UnsafeRawBufferPointer
        var comment: String?

        var line: String {
            let way = direction.map { $0 == .inbound ? "in " : "out" } ?? "   "
            let remark = comment.map { " (\($0))" } ?? ""
            let cut = bytes.count < originalByteCount ? " [\(bytes.count) of \(originalByteCount) bytes kept]" : ""
            return "#\(number) \(seconds) \(point) \(way) " + FrameDissector.summary(of: bytes) + cut + remark
        }
    }

    /// A capture point's frames and bytes.
    struct Count {
        var name: String
        var frames: UInt64 = 0
        var bytes: UInt64 = 0
    }

    /// Prints the points and the frames, line by line.
    package func printText(_ put: (String) -> Void) throws(CaptureError) {
        let counts = try self.counts()
        let width = (counts.map(\.name.count).max() ?? 0) + 2
        put(path)
        for count in counts {
            put(
                "  " + padded(count.name, width) + padded(grouped(count.frames), 12, right: true) + " frames"
                    + padded(grouped(count.bytes), 16, right: true) + " bytes")
        }
        guard limit != 0 else { return }
        put("")
        try matching { frame in
            put(frame.line)
            guard showsBytes else { return }
            for start in stride(from: 0, to: frame.bytes.count, by: 16) {
                let row = frame.bytes[start..<min(start + 16, frame.bytes.count)]
                let place = String(start, radix: 16)
                put(
                    "    \(String(repeating: "0", count: max(0, 4 - place.count)))\(place)  "
                        + hexadecimal(row, separator: " "))
            }
        }
    }

    /// Prints the same as one JSON object, a piece at a time.
    package func printJSON(_ put: (String) -> Void) throws(CaptureError) {
        let counts = try self.counts()
        var frames: [JSONValue] = []
        try matching { frame in
            var members: [String: JSONValue] = [
                "number": .integer(frame.number), "time": .string(frame.seconds),
                "point": .string(frame.point),
                "direction": frame.direction.map { .string($0 == .inbound ? "in" : "out") } ?? .null,
                "length": .integer(UInt64(frame.originalByteCount)),
                "summary": .string(FrameDissector.summary(of: frame.bytes)),
                "comment": frame.comment.map { .string($0) } ?? .null,
            ]
            if showsBytes { members["bytes"] = .string(hexadecimal(frame.bytes)) }
            frames.append(.object(members))
        }
        let points = counts.map { count in
            JSONValue.object([
                "name": .string(count.name), "frames": .integer(count.frames), "bytes": .integer(count.bytes),
            ])
        }
        put(JSONValue.object(["file": .string(path), "points": .array(points), "frames": .array(frames)]).text + "\n")
    }

    /// Every point of the file with its counts.
    private func counts() throws(CaptureError) -> [Count] {
        var counts: [Count] = []
        try read(names: { names in counts = names.map { Count(name: $0) } }) { frame in
            let index = counts.firstIndex { $0.name == frame.point } ?? counts.count
            if index == counts.count { counts.append(Count(name: frame.point)) }
            counts[index].frames += 1
            counts[index].bytes += UInt64(frame.originalByteCount)
            return true
        }
        if let point, !counts.contains(where: { $0.name == point }) {
            throw CaptureError(
                file: path, found: "no capture point \"\(point)\"",
                expected: "one of " + counts.map(\.name).joined(separator: ", "))
        }
        return counts
    }

    /// Hands over every frame that is asked for.
    private func matching(_ body: (Frame) -> Void) throws(CaptureError) {
        let program = try CaptureFilter(filter ?? "")
        var rest = limit ?? Int.max
        guard rest > 0 else { return }
        try read { frame in
            if let point, frame.point != point { return true }
            if filter != nil, !program.matches(frame.bytes, originalByteCount: frame.originalByteCount) { return true }
            body(frame)
            rest -= 1
            return rest > 0
        }
    }

    /// Reads the file with the reader that fits; `body` returns false to stop.
    ///
    /// - Parameter names: told at the end which points there are, when all have been read; for pcapng.
    private func read(names: ([String]) -> Void = { _ in }, _ body: (Frame) -> Bool) throws(CaptureError) {
        var reader: PcapngReader
        do throws(CaptureError) {
            reader = try PcapngReader(path: path)
        } catch {
            guard error.found == "no section header" else { throw error }
            return try readClassic(body)
        }
        guard try isOfMartlet() else { return try readClassic(body) }
        while let packet = try reader.next() {
            let interface = reader.interfaces[packet.interface]
            let name = interface.name.isEmpty ? "interface \(packet.interface)" : interface.name
            if reader.packetCount == 1 { names(Self.names(reader.interfaces)) }
            let goesOn = body(
                Frame(
                    number: reader.packetCount, seconds: secondsText(packet.time.picoseconds), point: name,
                    direction: packet.direction,
                    originalByteCount: packet.originalByteCount, bytes: packet.bytes, comment: packet.comment))
            if !goesOn { return }
        }
        if reader.packetCount == 0 { names(Self.names(reader.interfaces)) }
    }

    /// Whether Martlet wrote the pcapng file; in others, times are since 1970, and only libpcap's reader has room for
    /// them.
    private func isOfMartlet() throws(CaptureError) -> Bool {
        var reader = try PcapngReader(path: path)
        do throws(CaptureError) {
            _ = try reader.next()
        } catch {
            if !reader.application.hasPrefix("martlet") { return false }
            throw error
        }
        return reader.application.hasPrefix("martlet")
    }

    private static func names(_ interfaces: [PcapngReader.Interface]) -> [String] {
        interfaces.enumerated().map { $1.name.isEmpty ? "interface \($0)" : $1.name }
    }

    private func readClassic(_ body: (Frame) -> Bool) throws(CaptureError) {
        var reader = try CaptureReader(path: path)
        while let frame = try reader.next() {
            let seconds = secondsText(frame.timestampNanoseconds, digits: 9)
            let goesOn = body(
                Frame(
                    number: reader.frameCount, seconds: seconds, point: "capture", direction: nil,
                    originalByteCount: frame.originalByteCount, bytes: frame.capturedBytes, comment: nil))
            if !goesOn { return }
        }
    }
}
