import Simulation

extension TraceDifference: CustomStringConvertible {
    /// Longest line of the report, in characters.
    private static let width = 100

    /// The difference for the user to read.
    package var description: String {
        var lines = [headline, "", "  expected: \(expectedName)", "  actual:   \(actualName)"]
        if kind == .capturePoints {
            lines.append("  expected points: \(expectedPoints.joined(separator: ", "))")
            lines.append("  actual points:   \(actualPoints.joined(separator: ", "))")
        } else {
            lines += ["", "  expected  \(expectedSummary ?? "no such frame")"]
            lines += ["  actual    \(actualSummary ?? "no such frame")"]
            if !fields.isEmpty { lines += ["", "  fields that differ"] + fieldLines }
            if expectedBytes != actualBytes { lines += ["", "  bytes"] + hexLines }
            lines += before
        }
        return lines.map { Self.cut($0, to: Self.width) }.joined(separator: "\n")
    }

    private var headline: String {
        let place = "at \(point), \(time.seconds) s"
        let expected = expectedFrameNumber ?? 0
        let actual = actualFrameNumber ?? 0
        return switch kind {
        case .capturePoints: "The traces have different capture points."
        case .changed:
            expected == actual
                ? "Frame \(expected) differs \(place)." : "Frame \(expected) (actual: \(actual)) differs \(place)."
        case .missing: "Frame \(expected) is missing \(place)."
        case .extra: "Frame \(actual) is extra \(place)."
        case .order: "Frame \(expected) comes in another order \(place)."
        }
    }

    private var fieldLines: [String] {
        let nameWidth = min(fields.map(\.name.count).max() ?? 0, 28)
        return fields.map { field in
            let left = Self.cut(field.expected ?? "(none)", to: 30)
            let right = Self.cut(field.actual ?? "(none)", to: 30)
            return "    \(Self.pad(field.name, to: nameWidth))  \(left) → \(right)"
        }
    }

    /// Rows of 16 bytes: of a changed frame those that differ, the first eight of them; of a lost one its first four.
    private var hexLines: [String] {
        let count = max(expectedBytes.count, actualBytes.count)
        let rows = stride(from: 0, to: count, by: 16).filter {
            Self.row(expectedBytes, $0) != Self.row(actualBytes, $0)
        }
        let shown = rows.prefix(kind == .changed ? 8 : 4)
        var lines: [String] = []
        for row in shown {
            let place = String(row, radix: 16)
            let label = String(repeating: "0", count: max(0, 4 - place.count)) + place
            if !expectedBytes.isEmpty { lines.append("    \(label) - \(Self.hex(Self.row(expectedBytes, row)))") }
            if !actualBytes.isEmpty { lines.append("    \(label) + \(Self.hex(Self.row(actualBytes, row)))") }
        }
        if rows.count > shown.count { lines.append("    … and \(rows.count - shown.count) more rows") }
        return lines
    }

    private var before: [String] {
        let none = ["    (none)"]
        let left = expectedBefore.map { "    \($0)" }
        let right = actualBefore.map { "    \($0)" }
        if left == right { return ["", "  the frames just before, in both"] + (left.isEmpty ? none : left) }
        return ["", "  the frames just before, expected"] + (left.isEmpty ? none : left)
            + ["", "  the frames just before, actual"] + (right.isEmpty ? none : right)
    }

    private static func row(_ bytes: [UInt8], _ start: Int) -> ArraySlice<UInt8> {
        bytes[min(start, bytes.count)..<min(start + 16, bytes.count)]
    }

    private static func hex(_ bytes: ArraySlice<UInt8>) -> String { FrameDissector.digits(bytes, separator: " ") }

    private static func pad(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func cut(_ text: String, to width: Int) -> String {
        text.count <= width ? text : text.prefix(width - 1) + "…"
    }
}

extension SimTime {
    /// Seconds with all twelve decimals: `0.000001234567`.
    var seconds: String {
        let (whole, rest) = picoseconds.quotientAndRemainder(dividingBy: 1_000_000_000_000)
        let digits = String(rest)
        return "\(whole).\(String(repeating: "0", count: 12 - digits.count))\(digits)"
    }
}

extension Trace {
    /// The frame at `index` in one line: number, time, point, direction, contents.
    func line(_ index: Int) -> String {
        let record = records[index]
        let direction = record.direction.map { $0 == .inbound ? "in " : "out" } ?? "   "
        let comment = record.comment.map { " (\($0))" } ?? ""
        return "#\(index + 1) \(record.time.seconds) \(pointNames[record.point]) \(direction) "
            + FrameDissector.summary(of: bytes(index)) + comment
    }

    /// The lines of the last frames before `index`, oldest first.
    func lines(before index: Int) -> [String] {
        let end = min(max(index, 0), records.count)
        return (max(0, end - TraceDifference.contextCount)..<end).map { line($0) }
    }
}
