import CPcap

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Reads any capture that libpcap reads, pcap or pcapng, also compressed with zstd.
///
/// Made for real captures: frames cut short are given with both lengths, and what cannot be read gets an answer that
/// says where and why. libpcap leaves out the interfaces and comments of a pcapng file; `PcapngReader` has them.
package struct CaptureReader: ~Copyable {
    /// One frame of a capture.
    package struct Frame {
        /// Time stamp, in nanoseconds; in a real capture, since 1970.
        package var timestampNanoseconds: UInt64
        /// The bytes that the capture kept.
        ///
        /// Valid until the next call of `next`.
        package var capturedBytes: UnsafeRawBufferPointer
        /// The frame's length on the wire, in bytes.
        package var originalByteCount: Int
        /// True when the capture kept only the frame's beginning.
        package var isTruncated: Bool { capturedBytes.count < originalByteCount }
    }

    /// Link type of Ethernet: the DLT_EN10MB of libpcap.
    package static let ethernet: Int32 = 1

    private let path: String
    private let handle: OpaquePointer
    /// Number of frames read.
    package private(set) var frameCount: UInt64 = 0
    /// libpcap's number (DLT_…) of the kind of link that the frames are from.
    package let linkType: Int32

    /// Opens the capture at `path`.
    ///
    /// - Parameter acceptsAnyLinkType: false to refuse frames that are not Ethernet.
    package init(path: String, acceptsAnyLinkType: Bool = false) throws(CaptureError) {
        let file = try Self.openDecompressed(path)
        var text = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
        guard
            let handle = pcap_fopen_offline_with_tstamp_precision(
                file, UInt32(PCAP_TSTAMP_PRECISION_NANO), &text)
        else {
            fclose(file)
            throw CaptureError(
                file: path, byteOffset: 0, found: "no capture (\(Self.string(text)))",
                expected: "a pcap or pcapng file, plain or compressed with zstd")
        }
        let type = pcap_datalink(handle)
        guard acceptsAnyLinkType || type == Self.ethernet else {
            pcap_close(handle)
            throw CaptureError(
                file: path, found: "frames of link type \(Self.linkTypeName(type))",
                expected: "Ethernet frames (EN10MB)")
        }
        self.path = path
        self.handle = handle
        linkType = type
    }

    deinit { pcap_close(handle) }

    /// The next frame; `nil` at the end of the capture.
    ///
    /// - Throws: `CaptureError` where the file is damaged or ends inside a frame; all frames before it were given.
    package mutating func next() throws(CaptureError) -> Frame? {
        var header: UnsafeMutablePointer<pcap_pkthdr>?
        var data: UnsafePointer<UInt8>?
        let offset = ftell(pcap_file(handle))
        let result = pcap_next_ex(handle, &header, &data)
        if result == PCAP_ERROR_BREAK { return nil }
        guard result == 1, let header = header?.pointee, let data else {
            throw CaptureError(
                file: path, byteOffset: offset < 0 ? nil : UInt64(offset), frameNumber: frameCount + 1,
                found: "damage (\(String(cString: pcap_geterr(handle))))", expected: "a whole frame")
        }
        frameCount += 1
        let seconds = UInt64(truncatingIfNeeded: header.ts.tv_sec)
        let time = seconds &* 1_000_000_000 &+ UInt64(truncatingIfNeeded: header.ts.tv_usec)
        return Frame(
            timestampNanoseconds: time,
            capturedBytes: UnsafeRawBufferPointer(start: data, count: Int(header.caplen)),
            originalByteCount: Int(header.len))
    }

    /// Name and meaning of a link type, for a message.
    private static func linkTypeName(_ type: Int32) -> String {
        let name = pcap_datalink_val_to_name(type).map { String(cString: $0) } ?? "\(type)"
        let meaning = pcap_datalink_val_to_description(type).map { " (\(String(cString: $0)))" } ?? ""
        return name + meaning
    }

    private static func string(_ text: [CChar]) -> String {
        String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The file at `path`, or for a compressed one its contents in a temporary file without a name.
    private static func openDecompressed(_ path: String) throws(CaptureError) -> UnsafeMutablePointer<FILE> {
        var input = try CaptureInput(path: path)
        let magic = try input.need(2) ? [input.bytes[0], input.bytes[1]] : []
        if magic == [0x1f, 0x8b] {
            throw CaptureError(
                file: path, byteOffset: 0, found: "a file compressed with gzip",
                expected: "a pcap or pcapng file, plain or compressed with zstd")
        }
        guard input.isCompressed else {
            guard let file = fopen(path, "rb") else { throw .system(path, expected: "a capture file that can be read") }
            return file
        }
        guard let file = tmpfile() else { throw .system(path, expected: "a temporary file to decompress it into") }
        do throws(CaptureError) {
            while try input.need(1) {
                let count = input.bytes.count
                guard fwrite(input.bytes.baseAddress, 1, count, file) == count else {
                    throw CaptureError.system(path, expected: "room to decompress it in a temporary file")
                }
                input.take(count)
            }
        } catch {
            fclose(file)
            throw error
        }
        rewind(file)
        return file
    }
}
