package import Capture

/// What `martlet inspect` prints of a bus trace.
package struct BusTraceListing: Sendable {
    private let path: String
    private let kinds: Set<String>
    private let function: String?
    private let limit: Int?

    /// - Throws: a kind that there is not.
    package init(path: String, kinds: [String], function: String?, limit: Int?) throws(ScenarioError) {
        for kind in kinds where !BusTraceText.kinds.contains(kind) {
            throw ScenarioError([
                Mistake(
                    SourceLocation(file: "--kind"), found: "\"\(kind)\"",
                    expected: "one of " + BusTraceText.kinds.joined(separator: ", "))
            ])
        }
        self.path = path
        self.kinds = Set(kinds)
        self.function = function
        self.limit = limit
    }

    /// Whether the file at `path` is a bus trace.
    package static func isBusTrace(path: String) throws(CaptureError) -> Bool {
        // A file that has no lines is something else.
        guard let line = try? LineReader(path: path).next() else { return false }
        return line == BusTraceText.header
    }

    /// Prints the lines that are asked for.
    package func print(_ put: (String) -> Void) throws(CaptureError) {
        var lines = try Lines(self, path)
        var count = 0
        while limit.map({ count < $0 }) ?? true, let line = try lines.next() {
            put(line)
            count += 1
        }
    }

    /// Prints the first line that is not the same in the trace at `other`, with those before it; whether there is none.
    package func compare(
        with other: String, ignoringTime: Bool, _ put: (String) -> Void
    ) throws(CaptureError) -> Bool {
        var mine = try Lines(self, path)
        var theirs = try Lines(self, other)
        var before: [String] = []
        var count = 0
        while true {
            let (left, right) = (try mine.next(), try theirs.next())
            if left == nil, right == nil {
                put("same: \(grouped(UInt64(count))) lines")
                return true
            }
            if left.map({ Self.compared($0, ignoringTime) }) != right.map({ Self.compared($0, ignoringTime) }) {
                put("different from line \(mine.number) of \(path) and line \(theirs.number) of \(other) on:")
                for line in before { put("    \(line)") }
                put("  < \(left ?? "(the end)")")
                put("  > \(right ?? "(the end)")")
                return false
            }
            count += 1
            if let left { before = before.suffix(4) + [left] }
        }
    }

    private static func compared(_ line: String, _ ignoringTime: Bool) -> Substring {
        ignoringTime ? line.drop { $0 != " " } : line[...]
    }

    /// The lines of one file that the listing is about.
    private struct Lines {
        private let listing: BusTraceListing
        private let reader: LineReader

        init(_ listing: BusTraceListing, _ path: String) throws(CaptureError) {
            self.listing = listing
            reader = try LineReader(path: path)
            guard try reader.next() == BusTraceText.header else {
                throw CaptureError(file: path, found: "something else", expected: "a bus trace, as --bus writes it")
            }
        }

        var number: Int { reader.number }

        mutating func next() throws(CaptureError) -> String? {
            while let line = try reader.next() {
                let words = line.split(separator: " ", maxSplits: 3)
                guard words.count >= 3 else { continue }
                if !listing.kinds.isEmpty, !listing.kinds.contains(String(words[2])) { continue }
                if let function = listing.function, function != words[1] { continue }
                return line
            }
            return nil
        }
    }
}
