internal import Capture
internal import Simulation

extension GoldenTraceVerification {
    /// Most counts that are listed.
    private static let longestList = 24

    /// What is wrong in one line; `nil` when nothing is.
    package var headline: String? {
        if let difference {
            return String(difference.description.prefix { $0 != "\n" })
        }
        if !counts.isEmpty { return "\(counts.count) \(counts.count == 1 ? "count differs" : "counts differ")." }
        return failures.first
    }

    /// Everything that is wrong: the first difference, the events that led there, counts.
    ///
    /// Empty when nothing is.
    package var report: String {
        var lines: [String] = []
        if let difference { lines += [difference.description] }
        if !events.isEmpty {
            lines += ["", "  the events of the machine that led there"]
            lines += events.map { "    \($0.line)" }
        }
        if !counts.isEmpty {
            lines += [lines.isEmpty ? "" : "\n", "  counts that differ"].filter { !$0.isEmpty }
            lines += countLines
        }
        if !failures.isEmpty { lines += (lines.isEmpty ? [] : [""]) + failures.map { "  \($0)" } }
        return lines.map { $0 == "\n" ? "\n" : $0 + "\n" }.joined()
    }

    private var countLines: [String] {
        let shown = counts.prefix(Self.longestList)
        let width = min(shown.map(\.name.count).max() ?? 0, 48)
        var lines = shown.map { count in
            let left = count.expected.map { grouped($0) } ?? "(none)"
            let right = count.actual.map { grouped($0) } ?? "(none)"
            return "    \(padded(clipped(count.name, width), width))  \(left) → \(right)"
        }
        if counts.count > shown.count { lines.append("    … and \(counts.count - shown.count) more") }
        return lines
    }

    /// The verification as a case of a test suite.
    package var junit: JUnit.Case {
        JUnit.Case(name: entry.name, failure: headline, details: report)
    }

    /// The verification as JSON.
    package var json: JSONValue {
        var members: [String: JSONValue] = [
            "name": .string(entry.name), "path": .string(entry.captureFile), "passed": .flag(passed),
            "frames": .integer(UInt64(frames)), "failures": .array(failures.map { .string($0) }),
            "counts": .array(
                counts.map {
                    .object([
                        "name": .string($0.name), "expected": $0.expected.map { .integer($0) } ?? .null,
                        "actual": $0.actual.map { .integer($0) } ?? .null,
                    ])
                }),
            "last_events": .array(
                events.map { .object(["time_ps": .integer($0.time.picoseconds), "text": .string($0.text)]) }),
        ]
        members["difference"] =
            difference.map { difference in
                .object([
                    "kind": .string("\(difference.kind)"), "point": .string(difference.point),
                    "time_ps": .integer(difference.time.picoseconds),
                    "expected_frame": difference.expectedFrameNumber.map { .integer(UInt64($0)) } ?? .null,
                    "actual_frame": difference.actualFrameNumber.map { .integer(UInt64($0)) } ?? .null,
                    "expected_bytes": .string(hexadecimal(difference.expectedBytes)),
                    "actual_bytes": .string(hexadecimal(difference.actualBytes)),
                    "fields": .array(
                        difference.fields.map {
                            .object([
                                "name": .string($0.name), "expected": $0.expected.map { .string($0) } ?? .null,
                                "actual": $0.actual.map { .string($0) } ?? .null,
                            ])
                        }),
                    "text": .string(difference.description),
                ])
            } ?? .null
        return .object(members)
    }
}
