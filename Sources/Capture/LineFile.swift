/// Writes a text file line by line, compressed with zstd when its name ends in `.zst`.
package final class LineWriter {
    private var output: CaptureOutput

    /// Creates or empties the file at `path`.
    package init(path: String) throws(CaptureError) { output = try CaptureOutput(path: path, compressionLevel: 3) }

    /// Appends `line` and a line feed.
    package func append(_ line: String) throws(CaptureError) { try output.write(Array((line + "\n").utf8)) }

    /// Ends the file.
    ///
    /// Nothing may be appended afterwards.
    package func finish() throws(CaptureError) { try output.finish() }
}

/// Reads a text file line by line, decompressed when it begins as zstd does.
package final class LineReader {
    private var input: CaptureInput
    /// Number of the line read last; the first is 1.
    package private(set) var number = 0

    /// Longest line, in bytes.
    private static let longestLine = 1 << 16

    /// Opens the file at `path`.
    package init(path: String) throws(CaptureError) { input = try CaptureInput(path: path) }

    /// The next line without its line feed; `nil` at the end.
    ///
    /// - Throws: `CaptureError` for a damaged file or one that has no lines.
    package func next() throws(CaptureError) -> String? {
        var searched = 0
        while true {
            let isMore = try input.need(searched + 1)
            let bytes = input.bytes
            if let end = bytes[searched...].firstIndex(of: 0x0a) { return take(end, bytes, lineFeed: 1) }
            guard isMore else { return bytes.isEmpty ? nil : take(bytes.count, bytes, lineFeed: 0) }
            searched = bytes.count
            guard searched <= Self.longestLine else {
                throw CaptureError(
                    file: input.path, byteOffset: input.offset, found: "a line of more than \(Self.longestLine) bytes",
                    expected: "a text file")
            }
        }
    }

    private func take(_ count: Int, _ bytes: UnsafeRawBufferPointer, lineFeed: Int) -> String {
        let line = String(decoding: bytes[..<count], as: UTF8.self)
        input.take(count + lineFeed)
        number += 1
        return line
    }
}
