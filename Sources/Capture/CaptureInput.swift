import CZstd

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file read front to back, decompressed when it begins as zstd does, whatever its name.
struct CaptureInput: ~Copyable {
    /// Bytes read or decompressed at a time.
    static let chunkByteCount = 1 << 18

    let path: String
    /// True when the file is compressed.
    let isCompressed: Bool
    private let file: UnsafeMutablePointer<FILE>
    private let stream: OpaquePointer?
    /// Compressed bytes not yet decompressed: `packed[packedStart..<packedEnd]`.
    private let packed: UnsafeMutableRawPointer
    private var packedStart = 0
    private var packedEnd = 0
    private var frameIsOpen = false
    private var buffer: UnsafeMutableRawPointer
    private var capacity = 2 * chunkByteCount
    private var start = 0
    private var end = 0

    /// Bytes taken so far: the offset, after decompression, of the first byte of `bytes`.
    private(set) var offset: UInt64 = 0

    /// Opens `path` and looks at how it begins.
    init(path: String) throws(CaptureError) {
        guard let file = fopen(path, "rb") else { throw .system(path, expected: "a capture file that can be read") }
        var magic: [UInt8] = [0, 0, 0, 0]
        let count = fread(&magic, 1, 4, file)
        if count == 0 && ferror(file) != 0 {
            let error = CaptureError.system(path, expected: "a capture file that can be read")
            fclose(file)
            throw error
        }
        fseek(file, 0, SEEK_SET)
        self.path = path
        self.file = file
        isCompressed = count == 4 && Self.isZstd(magic)
        stream = isCompressed ? ZSTD_createDCtx() : nil
        packed = .allocate(byteCount: Self.chunkByteCount, alignment: 64)
        buffer = .allocate(byteCount: capacity, alignment: 64)
    }

    deinit {
        fclose(file)
        if isCompressed { ZSTD_freeDCtx(stream) }
        packed.deallocate()
        buffer.deallocate()
    }

    /// The bytes at hand.
    ///
    /// Valid until the next call of `need`.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: buffer + start, count: end - start) }

    /// Makes at least `count` bytes at hand; false when the file ends before.
    mutating func need(_ count: Int) throws(CaptureError) -> Bool {
        while end - start < count {
            makeRoom(for: count)
            if try !pull() { return false }
        }
        return true
    }

    /// Steps over `count` of the bytes at hand.
    mutating func take(_ count: Int) {
        precondition(count <= end - start)
        start += count
        offset += UInt64(count)
    }

    /// Zstandard's magic numbers (RFC 8878, sections 3.1.1 and 3.1.2): a frame, or a frame to be skipped.
    private static func isZstd(_ magic: [UInt8]) -> Bool {
        magic == [0x28, 0xb5, 0x2f, 0xfd] || (magic[0] & 0xf0 == 0x50 && magic[1...] == [0x2a, 0x4d, 0x18])
    }

    private mutating func makeRoom(for count: Int) {
        if start > 0 {
            buffer.copyMemory(from: buffer + start, byteCount: end - start)
            end -= start
            start = 0
        }
        let needed = max(count, end) + Self.chunkByteCount
        guard needed > capacity else { return }
        let larger = UnsafeMutableRawPointer.allocate(byteCount: needed, alignment: 64)
        larger.copyMemory(from: buffer, byteCount: end)
        buffer.deallocate()
        buffer = larger
        capacity = needed
    }

    /// Adds bytes at `end`; false when there are no more.
    private mutating func pull() throws(CaptureError) -> Bool {
        guard isCompressed else {
            let count = try readFile(into: buffer + end, count: capacity - end)
            end += count
            return count > 0
        }
        while true {
            if packedStart == packedEnd {
                packedStart = 0
                packedEnd = try readFile(into: packed, count: Self.chunkByteCount)
                if packedEnd == 0 {
                    guard !frameIsOpen else { throw damaged("compressed data that ends too early") }
                    return false
                }
            }
            let count = try decompress()
            if count > 0 { return true }
        }
    }

    private mutating func decompress() throws(CaptureError) -> Int {
        var input = ZSTD_inBuffer(src: UnsafeRawPointer(packed), size: packedEnd, pos: packedStart)
        var output = ZSTD_outBuffer(dst: buffer + end, size: capacity - end, pos: 0)
        let left = ZSTD_decompressStream(stream, &output, &input)
        guard ZSTD_isError(left) == 0 else {
            throw damaged("compressed data that is damaged (\(String(cString: ZSTD_getErrorName(left))))")
        }
        packedStart = input.pos
        frameIsOpen = left != 0
        end += output.pos
        return output.pos
    }

    private func damaged(_ found: String) -> CaptureError {
        CaptureError(
            file: path, byteOffset: offset + UInt64(end - start), found: found, expected: "a whole zstd file")
    }

    private func readFile(into place: UnsafeMutableRawPointer, count: Int) throws(CaptureError) -> Int {
        let got = fread(place, 1, count, file)
        if got == 0 && ferror(file) != 0 { throw .system(path, expected: "a capture file that can be read") }
        return got
    }
}
