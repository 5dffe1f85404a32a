import CPcap
package import Simulation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Writes the frames of one capture point to a classic pcap file with nanosecond times, through libpcap; compressed
/// when its name ends in `.zst`.
package struct PcapWriter: ~Copyable {
    private static let bufferByteCount = 1 << 20

    private var output: CaptureOutput
    private let point: TapPoint
    private let snapshotByteCount: Int
    private let handle: OpaquePointer
    private let dumper: OpaquePointer
    /// libpcap writes into this memory through a stream; whenever it is nearly full, it is emptied into the file.
    private let memory: UnsafeMutableRawPointer
    private var used = 24

    /// Number of frames written.
    package private(set) var frameCount: UInt64 = 0

    /// Creates the file at `path`.
    ///
    /// - Parameter point: the point whose frames are written; frames of others are passed over.
    package init(
        path: String, point: TapPoint, snapshotByteCount: Int = PcapngWriter.longestSnapshot, compressionLevel: Int = 3
    ) throws(CaptureError) {
        output = try CaptureOutput(path: path, compressionLevel: compressionLevel)
        self.point = point
        self.snapshotByteCount = min(max(snapshotByteCount, 1), PcapngWriter.longestSnapshot)
        memory = .allocate(byteCount: Self.bufferByteCount, alignment: 64)
        guard
            let handle = pcap_open_dead_with_tstamp_precision(
                CaptureReader.ethernet, Int32(self.snapshotByteCount), UInt32(PCAP_TSTAMP_PRECISION_NANO)),
            let stream = fmemopen(memory, Self.bufferByteCount, "wb"),
            let dumper = pcap_dump_fopen(handle, stream)
        else { preconditionFailure("no memory for a capture") }
        self.handle = handle
        self.dumper = dumper
    }

    deinit {
        pcap_dump_close(dumper)
        pcap_close(handle)
        memory.deallocate()
    }

    /// Writes one frame; a frame of another point is passed over.
    package mutating func append(
        _ header: TapLog.Header, _ bytes: UnsafeRawBufferPointer
    ) throws(CaptureError) {
        guard header.point == point else { return }
        let kept = min(bytes.count, snapshotByteCount)
        if used + 16 + kept >= Self.bufferByteCount { try empty() }
        let nanoseconds = header.time.picoseconds / 1000
        var record = pcap_pkthdr()
        record.ts.tv_sec = Int(nanoseconds / 1_000_000_000)
        record.ts.tv_usec = Int(nanoseconds % 1_000_000_000)
        record.caplen = UInt32(kept)
        record.len = header.originalByteCount
        let base = bytes.baseAddress ?? UnsafeRawPointer(memory)
        pcap_dump(UnsafeMutablePointer<UInt8>(dumper), &record, base.assumingMemoryBound(to: UInt8.self))
        used += 16 + kept
        frameCount += 1
    }

    /// Closes the file.
    ///
    /// Nothing may be appended afterwards.
    package mutating func finish() throws(CaptureError) {
        try empty()
        try output.finish()
    }

    private mutating func empty() throws(CaptureError) {
        precondition(pcap_dump_flush(dumper) == 0, "writing to memory failed")
        try output.write(UnsafeRawBufferPointer(start: memory, count: used))
        rewind(pcap_dump_file(dumper))
        used = 0
    }
}
