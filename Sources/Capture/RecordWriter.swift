/// Writes a file of records.
package final class RecordWriter {
    private var output: CaptureOutput

    /// Creates or empties the file at `path`.
    package init(path: String) throws(CaptureError) {
        output = try CaptureOutput(path: path, compressionLevel: 3)
        try output.write(RecordFile.magic)
    }

    /// Appends a record.
    ///
    /// - Precondition: the two parts together are at most `RecordFile.longestRecord` bytes.
    package func append(_ kind: UInt8, _ head: [UInt8], _ rest: UnsafeRawBufferPointer? = nil) throws(CaptureError) {
        let count = head.count + (rest?.count ?? 0)
        precondition(count <= RecordFile.longestRecord, "a record that is too long")
        let length = (0..<4).map { UInt8(truncatingIfNeeded: count >> ($0 * 8)) }
        try output.write([kind] + length + head)
        if let rest { try output.write(rest) }
    }

    /// Ends the file.
    ///
    /// Nothing may be appended afterwards.
    package func finish() throws(CaptureError) { try output.finish() }
}
