import Wire

/// What a completion tells about a received frame (native interface, section 5.3).
extension CompletionQueueEntry {
    /// Describes the frame of `bytes`, from which the tag `strippedTag` has been taken out since it was parsed.
    mutating func describe(_ received: ReceivedFrame, strippedTag: UInt16?, in bytes: UnsafeRawBufferPointer) {
        rssHash = received.hash
        rssHashType = received.hashType
        flowTag = received.flowTag
        isL2OK = true
        if let strippedTag {
            isVLANStripped = true
            vlanTCI = strippedTag
        }
        let shift = strippedTag == nil ? 0 : VLANTag.byteCount
        describeChecksums(received.headers, shift, bytes)
    }

    /// One pass over the frame gives the sum over all of it and tells whether its checksums are right.
    ///
    /// Offsets of `headers` are too large by `shift`.
    @inline(__always)
    private mutating func describeChecksums(_ headers: PacketHeaders, _ shift: Int, _ bytes: UnsafeRawBufferPointer) {
        let start = 14
        let l4 = headers.l4Offset - shift
        guard headers.network != .none, headers.l4ByteCount > 0 else {
            checksum = InternetChecksum.sum(of: bytes, from: start, count: bytes.count - start)
            describeNetwork(headers, shift, bytes, l3Sum: nil)
            return
        }
        let l3Sum = InternetChecksum.sum(of: bytes, from: start, count: l4 - start)
        let l4Sum = InternetChecksum.sum(of: bytes, from: l4, count: headers.l4ByteCount)
        var whole = InternetChecksum()
        whole.add(l3Sum)
        whole.add(l4Sum)
        let end = l4 + headers.l4ByteCount
        if end < bytes.count {
            let rest = InternetChecksum.sum(of: bytes, from: end, count: bytes.count - end)
            whole.add(end & 1 == 0 ? rest : rest.byteSwapped)
        }
        checksum = whole.sum
        describeNetwork(headers, shift, bytes, l3Sum: headers.l3Offset - shift == start ? l3Sum : nil)
        describeTransport(headers, shift, bytes, l4Sum)
    }

    /// `l3Sum` is the sum over the network header, where it is known.
    @inline(__always)
    private mutating func describeNetwork(
        _ headers: PacketHeaders, _ shift: Int, _ bytes: UnsafeRawBufferPointer, l3Sum: UInt16?
    ) {
        switch headers.network {
        case .none: break
        case .ipv6:
            l3HeaderType = .ipv6
            isL3OK = headers.l4Offset > 0
        case .ipv4:
            l3HeaderType = .ipv4
            guard headers.l3HeaderByteCount >= 20 else { return }
            let sum =
                l3Sum
                ?? InternetChecksum.sum(
                    of: bytes, from: headers.l3Offset - shift, count: headers.l3HeaderByteCount)
            isL3OK = sum == 0xffff && headers.issue != .truncatedPacket
        }
    }

    @inline(__always)
    private mutating func describeTransport(
        _ headers: PacketHeaders, _ shift: Int, _ bytes: UnsafeRawBufferPointer, _ l4Sum: UInt16
    ) {
        guard !headers.isFragment, headers.transport == .tcp || headers.transport == .udp else { return }
        var sum = InternetChecksum()
        // Offsets of `headers` count from where the frame started before the tag went.
        sum.addPseudoHeader(of: headers, in: bytes, byteCount: headers.l4ByteCount, shift: shift)
        sum.add(l4Sum)
        isL4OK = sum.isValid && headers.issue != .truncatedPacket
        if headers.transport == .udp {
            l4HeaderType = .udp
            let field: UInt16 = bytes.bigEndian(at: headers.l4Offset - shift + 6)
            // UDP over IPv4 may go without a checksum (RFC 768).
            if field == 0, headers.network == .ipv4 { isL4OK = true }
        } else if headers.tcpFlags.contains(.ack) {
            l4HeaderType = headers.payloadByteCount > 0 ? .tcpAckAndData : .tcpAckNoData
        } else {
            l4HeaderType = .tcpNoAck
        }
    }
}
