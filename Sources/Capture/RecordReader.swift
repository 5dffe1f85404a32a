/// Reads a file of records.
package final class RecordReader {
    private var input: CaptureInput
    /// The record that comes next.
    private var ahead: (kind: UInt8, bytes: [UInt8])?

    /// Opens the file at `path`.
    ///
    /// - Throws: `CaptureError` when there is none, or when it holds something else.
    package init(path: String) throws(CaptureError) {
        input = try CaptureInput(path: path)
        guard try input.need(RecordFile.magic.count),
            input.bytes.prefix(RecordFile.magic.count).elementsEqual(RecordFile.magic)
        else { throw Self.damaged(input, "something else", "the record of a session") }
        input.take(RecordFile.magic.count)
        ahead = try read()
    }

    /// The next record, which stays the next; `nil` at the end.
    package var next: (kind: UInt8, bytes: [UInt8])? { ahead }

    /// Goes on to the record behind `next`.
    package func advance() throws(CaptureError) { ahead = try read() }

    /// What is wrong with the record at hand.
    package func damaged(_ found: String, expected: String) -> CaptureError {
        Self.damaged(input, found, expected)
    }

    private static func damaged(_ input: borrowing CaptureInput, _ found: String, _ expected: String) -> CaptureError {
        CaptureError(file: input.path, byteOffset: input.offset, found: found, expected: expected)
    }

    private func read() throws(CaptureError) -> (kind: UInt8, bytes: [UInt8])? {
        guard try input.need(1) else { return nil }
        guard try input.need(5) else { throw Self.damaged(input, "half a record", "a whole one") }
        let kind = input.bytes[0]
        let count = (0..<4).reduce(0) { $0 | Int(input.bytes[1 + $1]) << ($1 * 8) }
        guard count <= RecordFile.longestRecord else {
            throw Self.damaged(input, "a record of \(count) bytes", "at most \(RecordFile.longestRecord)")
        }
        guard try input.need(5 + count) else { throw Self.damaged(input, "half a record", "a whole one") }
        let bytes = Array(input.bytes[5..<5 + count])
        input.take(5 + count)
        return (kind, bytes)
    }
}
