import CZstd

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file being written through one reused buffer, compressed with zstd when its name ends in `.zst`.
///
/// One thread, one fixed level, content checksum on: the same bytes in give the same bytes out.
struct CaptureOutput: ~Copyable {
    /// Size of the buffer, in bytes, and so the most that `room(for:)` grants.
    static let bufferByteCount = 1 << 20

    let path: String
    private var descriptor: Int32
    private let buffer: UnsafeMutableRawPointer
    private var used = 0
    private let compressor: OpaquePointer?
    private let packed: UnsafeMutableRawPointer?
    private let packedByteCount: Int

    /// Creates or empties the file at `path`.
    init(path: String, compressionLevel: Int) throws(CaptureError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        buffer = .allocate(byteCount: Self.bufferByteCount, alignment: 64)
        if path.hasSuffix(".zst") {
            let stream = ZSTD_createCCtx()
            precondition(stream != nil, "no memory for a compressor")
            ZSTD_CCtx_setParameter(stream, ZSTD_c_compressionLevel, Int32(clamping: compressionLevel))
            ZSTD_CCtx_setParameter(stream, ZSTD_c_checksumFlag, 1)
            compressor = stream
            packedByteCount = ZSTD_CStreamOutSize()
            packed = .allocate(byteCount: packedByteCount, alignment: 64)
        } else {
            compressor = nil
            packedByteCount = 0
            packed = nil
        }
        if descriptor < 0 { throw .system(path, expected: "a file that can be written") }
    }

    deinit {
        if descriptor >= 0 { _ = Self.closeDescriptor(descriptor) }
        if compressor != nil { ZSTD_freeCCtx(compressor) }
        packed?.deallocate()
        buffer.deallocate()
    }

    /// Where the next `byteCount` bytes go; call `commit` once they are there.
    ///
    /// - Precondition: `byteCount` is at most `bufferByteCount`.
    @inline(__always)
    mutating func room(for byteCount: Int) throws(CaptureError) -> UnsafeMutableRawPointer {
        if used + byteCount > Self.bufferByteCount { try empty() }
        return buffer + used
    }

    /// Counts `byteCount` bytes, placed where `room(for:)` said, as written.
    @inline(__always)
    mutating func commit(_ byteCount: Int) { used += byteCount }

    /// Writes `bytes`, of any count.
    mutating func write(_ bytes: [UInt8]) throws(CaptureError) {
        try bytes.withUnsafeBufferPointer { (all) throws(CaptureError) in try write(UnsafeRawBufferPointer(all)) }
    }

    /// Writes `bytes`, of any count.
    mutating func write(_ bytes: UnsafeRawBufferPointer) throws(CaptureError) {
        var done = 0
        while done < bytes.count {
            let count = min(bytes.count - done, Self.bufferByteCount)
            let place = try room(for: count)
            UnsafeMutableRawBufferPointer(start: place, count: count)
                .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[done..<done + count]))
            commit(count)
            done += count
        }
    }

    /// Writes what waits, ends the compressed stream, and closes the file.
    ///
    /// Nothing may be written afterwards.
    mutating func finish() throws(CaptureError) {
        guard descriptor >= 0 else { return }
        try empty()
        if compressor != nil { try compress(count: 0, ZSTD_e_end) }
        let closing = descriptor
        descriptor = -1
        if Self.closeDescriptor(closing) != 0 { throw .system(path, expected: "a file that can be written") }
    }

    private mutating func empty() throws(CaptureError) {
        precondition(descriptor >= 0, "written to after the file was finished")
        if compressor != nil {
            try compress(count: used, ZSTD_e_continue)
        } else {
            try store(buffer, count: used)
        }
        used = 0
    }

    private func compress(count: Int, _ directive: ZSTD_EndDirective) throws(CaptureError) {
        guard let packed else { return }
        var input = ZSTD_inBuffer(src: UnsafeRawPointer(buffer), size: count, pos: 0)
        while true {
            var output = ZSTD_outBuffer(dst: packed, size: packedByteCount, pos: 0)
            let left = ZSTD_compressStream2(compressor, &output, &input, directive)
            precondition(ZSTD_isError(left) == 0, "the compressor refused its input")
            try store(packed, count: output.pos)
            if directive == ZSTD_e_end ? left == 0 : input.pos == count { return }
        }
    }

    private func store(_ start: UnsafeRawPointer, count: Int) throws(CaptureError) {
        var done = 0
        while done < count {
            #if canImport(Glibc)
                let written = Glibc.write(descriptor, start + done, count - done)
            #else
                let written = Darwin.write(descriptor, start + done, count - done)
            #endif
            if written < 0 {
                if errno == EINTR { continue }
                throw .system(path, expected: "room to write \(count - done) more bytes")
            }
            done += written
        }
    }

    private static func closeDescriptor(_ descriptor: Int32) -> Int32 { close(descriptor) }
}
