internal import Capture
internal import Host
internal import Simulation

/// A record being read, and the memory that it remembers.
final class SessionRecord: DistantMemory {
    let reader: RecordReader
    private var accessCount: UInt64 = 0
    /// Where the NIC did something else than the recorded one.
    private(set) var divergence: CaptureError?

    init(_ reader: RecordReader) { self.reader = reader }

    /// Whether the next thing in the record is something that DMA found.
    var isMemoryNext: Bool { (reader.next?.kind ?? 0) >= SessionInput.bytesRead }

    /// The next input, which stays the next; `nil` at the end.
    func nextInput() throws(CaptureError) -> (input: SessionInput, eventCount: UInt64)? {
        guard let next = reader.next else { return nil }
        guard let input = SessionInput.read(next.kind, next.bytes) else {
            throw reader.damaged("a record of kind \(next.kind)", expected: "one that this version knows")
        }
        return input
    }

    /// The next input, which is taken.
    func takeInput() throws(CaptureError) -> (input: SessionInput, eventCount: UInt64)? {
        let input = try nextInput()
        if input != nil { try reader.advance() }
        return input
    }

    func read(_ address: UInt64, into buffer: UnsafeMutableRawBufferPointer, at time: SimTime) -> Bool {
        accessCount += 1
        guard divergence == nil else { return false }
        guard let next = reader.next, isMemoryNext, next.kind != SessionInput.writeRefused, isHere(next.bytes, address),
            next.kind == SessionInput.readRefused || next.bytes.count == 16 + buffer.count
        else { return diverge("a read of \(buffer.count) bytes at 0x\(String(address, radix: 16))") }
        next.bytes.withUnsafeBytes { bytes in
            if next.kind == SessionInput.bytesRead {
                buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[16...]))
            }
        }
        goOn()
        return next.kind == SessionInput.bytesRead
    }

    func write(_ address: UInt64, from buffer: UnsafeRawBufferPointer, at time: SimTime) -> Bool {
        accessCount += 1
        guard let next = reader.next, next.kind == SessionInput.writeRefused, isHere(next.bytes, address) else {
            return true
        }
        goOn()
        return false
    }

    private func isHere(_ bytes: [UInt8], _ address: UInt64) -> Bool {
        var record = RecordBytes(bytes: bytes)
        return record.take(UInt64.self) == accessCount && record.take(UInt64.self) == address
    }

    private func goOn() {
        do throws(CaptureError) { try reader.advance() } catch { divergence = error }
    }

    private func diverge(_ found: String) -> Bool {
        divergence = reader.damaged(found, expected: "what the recorded NIC did next")
        return false
    }
}
