import Wire

/// Fills in the checksums a send entry asks for (native interface, section 5.1).
enum SendChecksums {
    /// Computes the checksums of `flags` in the frame `bytes`; what the frame does not have is left alone.
    static func fill(_ bytes: UnsafeMutableRawBufferPointer, _ flags: ChecksumOffload) {
        let headers = PacketHeaders(parsing: UnsafeRawBufferPointer(bytes))
        fill(bytes, flags, headers)
    }

    /// The same, where the headers are known.
    static func fill(_ bytes: UnsafeMutableRawBufferPointer, _ flags: ChecksumOffload, _ headers: PacketHeaders) {
        if flags.contains(.l3), headers.network == .ipv4, headers.l3HeaderByteCount >= 20 {
            let place = headers.l3Offset + 10
            bytes.storeBigEndian(0 as UInt16, at: place)
            let sum = InternetChecksum.sum(
                of: UnsafeRawBufferPointer(bytes), from: headers.l3Offset, count: headers.l3HeaderByteCount)
            bytes.storeBigEndian(~sum, at: place)
        }
        guard flags.contains(.l4), !headers.isFragment else { return }
        guard headers.transport == .tcp || headers.transport == .udp else { return }
        let place = headers.l4Offset + (headers.transport == .tcp ? 16 : 6)
        bytes.storeBigEndian(0 as UInt16, at: place)
        let sum = InternetChecksum.transportSum(of: headers, in: UnsafeRawBufferPointer(bytes))
        let checksum: UInt16 = headers.transport == .udp && ~sum == 0 ? 0xffff : ~sum
        bytes.storeBigEndian(checksum, at: place)
    }
}
