internal import Capture
internal import Host
internal import Servers
internal import Simulation

/// Writes down what comes into a world during a session: from its drivers and its wires, and what DMA finds in memory.
final class SessionRecorder {
    private let writer: RecordWriter
    /// DMA accesses so far.
    private var accessCount: UInt64 = 0
    /// Why the record could not be continued.
    private(set) var failure: CaptureError?

    /// Creates the file at `path`.
    init(path: String) throws(CaptureError) { writer = try RecordWriter(path: path) }

    /// Writes down `input`, which comes when the world has handled `eventCount` events.
    func note(_ input: SessionInput, after eventCount: UInt64) {
        append(input.kind, input.bytes(after: eventCount))
    }

    /// Writes down what DMA read at `address`; `nil` when it was refused.
    func noteRead(_ address: UInt64, _ bytes: UnsafeRawBufferPointer?) {
        accessCount += 1
        append(bytes == nil ? SessionInput.readRefused : SessionInput.bytesRead, head(address), bytes)
    }

    /// Writes down that DMA wrote at `address`, if that was refused.
    func noteWrite(_ address: UInt64, succeeded: Bool) {
        accessCount += 1
        if !succeeded { append(SessionInput.writeRefused, head(address)) }
    }

    private func head(_ address: UInt64) -> [UInt8] {
        var record = RecordBytes()
        record.put(accessCount)
        record.put(address)
        return record.bytes
    }

    private func append(_ kind: UInt8, _ head: [UInt8], _ rest: UnsafeRawBufferPointer? = nil) {
        guard failure == nil else { return }
        do throws(CaptureError) { try writer.append(kind, head, rest) } catch { failure = error }
    }

    /// Ends the record.
    func finish() throws(CaptureError) {
        if let failure { throw failure }
        try writer.finish()
    }
}
