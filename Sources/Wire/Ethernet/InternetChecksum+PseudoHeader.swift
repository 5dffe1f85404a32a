/// The pseudo-header that TCP, UDP and ICMPv6 checksums cover (RFC 9293, 3.1; RFC 8200, 8.1).
extension InternetChecksum {
    /// Adds the pseudo-header for `byteCount` bytes of transport header and payload in the packet of `headers`, whose
    /// bytes are `bytes`.
    ///
    /// Adds nothing when there is no network header. Offsets of `headers` are too large by `shift`.
    @inlinable public mutating func addPseudoHeader(
        of headers: PacketHeaders, in bytes: UnsafeRawBufferPointer, byteCount: Int, shift: Int = 0
    ) {
        guard headers.network != .none else { return }
        let start = headers.sourceAddressOffset &- shift
        if headers.network == .ipv4 {
            let addresses: UInt64 = bytes.bigEndian(at: start)
            add(UInt32(truncatingIfNeeded: addresses &>> 32))
            add(UInt32(truncatingIfNeeded: addresses))
        } else {
            add(bytes, from: start, count: 2 &* headers.addressByteCount)
        }
        add(UInt16(headers.ipProtocol.rawValue))
        add(UInt32(truncatingIfNeeded: byteCount))
    }

    /// Sum over the pseudo-header and all of the transport header and its payload, not inverted: 0xffff when the
    /// checksum in it is right.
    ///
    /// Zero when no transport header was found.
    @inlinable public static func transportSum(
        of headers: PacketHeaders, in bytes: UnsafeRawBufferPointer
    ) -> UInt16 {
        guard headers.l4ByteCount > 0 else { return 0 }
        var sum = InternetChecksum()
        if headers.transport != .icmp {
            sum.addPseudoHeader(of: headers, in: bytes, byteCount: headers.l4ByteCount)
        }
        sum.add(bytes, from: headers.l4Offset, count: headers.l4ByteCount)
        return sum.sum
    }
}
