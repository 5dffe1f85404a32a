/// The parser. Each step checks that its bytes are there before it reads them.
extension PacketHeaders {
    /// Parses the frame whose Ethernet header starts at `offset` of `bytes` and that reaches to their end.
    @inlinable public init(
        parsing bytes: UnsafeRawBufferPointer, at offset: Int = 0, lengths: Lengths = .checked
    ) {
        self.init()
        precondition(offset >= 0 && offset <= bytes.count && bytes.count <= Int(Int32.max), "frame outside the buffer")
        guard parseEthernet(bytes, at: offset) else { return }
        parseNetwork(bytes, lengths: lengths)
    }

    /// Parses the packet whose network header, of type `etherType`, starts at `offset` of `bytes`.
    @inlinable public init(
        parsingNetwork etherType: EtherType, of bytes: UnsafeRawBufferPointer, at offset: Int,
        lengths: Lengths = .checked
    ) {
        self.init()
        precondition(offset >= 0 && offset <= bytes.count && bytes.count <= Int(Int32.max), "packet outside the buffer")
        l2 = UInt32(truncatingIfNeeded: offset)
        l3 = l2
        self.etherType = etherType
        parseNetwork(bytes, lengths: lengths)
    }

    /// False when nothing can follow.
    @inlinable @inline(__always) mutating func parseEthernet(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Bool {
        l2 = UInt32(truncatingIfNeeded: offset)
        guard offset &+ 14 <= bytes.count else { return stop(.truncatedEthernet) }
        var type = EtherType(rawValue: bytes.half(at: offset &+ 12))
        var next = offset &+ 14
        while type.isVLAN {
            guard vlanCountStorage < 3 else {
                etherType = type
                l3 = UInt32(truncatingIfNeeded: next)
                return stop(.tooManyVLANTags)
            }
            guard next &+ 4 <= bytes.count else {
                etherType = type
                return stop(.truncatedEthernet)
            }
            addTag(VLANTag(type: type, tci: bytes.half(at: next)))
            type = EtherType(rawValue: bytes.half(at: next &+ 2))
            next &+= 4
        }
        etherType = type
        l3 = UInt32(truncatingIfNeeded: next)
        return true
    }

    @inlinable mutating func addTag(_ tag: VLANTag) {
        switch vlanCountStorage {
        case 0: firstTag = tag
        case 1: secondTag = tag
        default: thirdTag = tag
        }
        vlanCountStorage &+= 1
    }

    @inlinable @inline(__always) mutating func parseNetwork(_ bytes: UnsafeRawBufferPointer, lengths: Lengths) {
        let goesOn: Bool
        switch etherType {
        case .ipv4: goesOn = parseIPv4(bytes, lengths: lengths)
        case .ipv6: goesOn = parseIPv6(bytes, lengths: lengths) && parseExtensions(bytes)
        default: return
        }
        if goesOn && fragmentOffset == 0 { parseTransport(bytes) }
    }

    @inlinable @inline(__always) mutating func parseIPv4(_ bytes: UnsafeRawBufferPointer, lengths: Lengths) -> Bool {
        let start = Int(l3)
        guard start &+ 20 <= bytes.count else { return stop(.truncatedNetwork) }
        let versionAndLength = bytes[start]
        guard versionAndLength >> 4 == 4 else { return stop(.badVersion) }
        let headerByteCount = Int(versionAndLength & 0xf) &* 4
        guard headerByteCount >= 20 else { return stop(.badNetworkLength) }
        network = .ipv4
        trafficClass = bytes[start &+ 1]
        hopLimit = bytes[start &+ 8]
        ipProtocol = IPProtocol(rawValue: bytes[start &+ 9])
        let fragment = bytes.half(at: start &+ 6)
        fragmentOffset = (fragment & 0x1fff) &<< 3
        isFragment = fragment & 0x3fff != 0
        guard start &+ headerByteCount <= bytes.count else { return stop(.truncatedNetwork) }
        let total = lengths == .ignored ? bytes.count &- start : Int(bytes.half(at: start &+ 2))
        return finishNetwork(bytes, headerByteCount: headerByteCount, byteCount: total)
    }

    @inlinable mutating func parseIPv6(_ bytes: UnsafeRawBufferPointer, lengths: Lengths) -> Bool {
        let start = Int(l3)
        guard start &+ 40 <= bytes.count else { return stop(.truncatedNetwork) }
        let firstHalf = bytes.half(at: start)
        guard firstHalf >> 12 == 6 else { return stop(.badVersion) }
        network = .ipv6
        trafficClass = UInt8(truncatingIfNeeded: firstHalf &>> 4)
        ipProtocol = IPProtocol(rawValue: bytes[start &+ 6])
        hopLimit = bytes[start &+ 7]
        let total = lengths == .ignored ? bytes.count &- start : 40 &+ Int(bytes.half(at: start &+ 4))
        return finishNetwork(bytes, headerByteCount: 40, byteCount: total)
    }

    /// Notes where the network header and the packet end.
    @inlinable @inline(__always) mutating func finishNetwork(
        _ bytes: UnsafeRawBufferPointer, headerByteCount: Int, byteCount: Int
    ) -> Bool {
        guard byteCount >= headerByteCount else { return stop(.badNetworkLength) }
        let end = Int(l3) &+ byteCount
        if end > bytes.count { issue = .truncatedPacket }
        l3EndStorage = UInt32(truncatingIfNeeded: min(end, bytes.count))
        l4 = l3 &+ UInt32(truncatingIfNeeded: headerByteCount)
        return true
    }

    /// Follows IPv6 extension headers up to the transport header.
    @inlinable mutating func parseExtensions(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var remaining = Self.maximumExtensionCount
        while ipProtocol.isOptionsHeader || ipProtocol == .fragment {
            guard remaining > 0 else { return stop(.tooManyExtensions) }
            remaining &-= 1
            let start = Int(l4)
            guard start &+ 8 <= Int(l3EndStorage) else { return stop(.truncatedNetwork) }
            let isFragmentHeader = ipProtocol == .fragment
            let byteCount = isFragmentHeader ? 8 : 8 &+ Int(bytes[start &+ 1]) &* 8
            guard start &+ byteCount <= Int(l3EndStorage) else { return stop(.truncatedNetwork) }
            if isFragmentHeader {
                let fragment = bytes.half(at: start &+ 2)
                fragmentOffset = fragment & 0xfff8
                // A fragment header without more to follow and at offset zero is an atomic fragment: a whole datagram.
                isFragment = fragment & 0xfff9 != 0
            }
            ipProtocol = IPProtocol(rawValue: bytes[start])
            l4 &+= UInt32(truncatingIfNeeded: byteCount)
            if fragmentOffset != 0 { return true }
        }
        return true
    }

    @inlinable @inline(__always) mutating func parseTransport(_ bytes: UnsafeRawBufferPointer) {
        switch ipProtocol {
        case .tcp: parseTCP(bytes)
        case .udp: parsePorts(bytes, .udp, byteCount: 8)
        case .icmp: finishTransport(network == .ipv4 ? .icmp : .other, byteCount: 8)
        case .icmpv6: finishTransport(network == .ipv6 ? .icmpv6 : .other, byteCount: 4)
        case .esp: finishTransport(.esp, byteCount: 8)
        case .ah: parseAH(bytes)
        case .noNextHeader: break
        default: transport = .other
        }
    }

    @inlinable mutating func parseTCP(_ bytes: UnsafeRawBufferPointer) {
        let start = Int(l4)
        guard start &+ 20 <= Int(l3EndStorage) else {
            _ = stop(.truncatedTransport)
            return
        }
        let lengthAndFlags = bytes.half(at: start &+ 12)
        let byteCount = Int(lengthAndFlags >> 12) &* 4
        guard byteCount >= 20 else {
            _ = stop(.badTransportLength)
            return
        }
        guard start &+ byteCount <= Int(l3EndStorage) else {
            _ = stop(.truncatedTransport)
            return
        }
        tcpFlags = TCPFlags(rawValue: lengthAndFlags & 0x1ff)
        parsePorts(bytes, .tcp, byteCount: byteCount)
    }

    @inlinable @inline(__always)
    mutating func parsePorts(_ bytes: UnsafeRawBufferPointer, _ kind: Transport, byteCount: Int) {
        finishTransport(kind, byteCount: byteCount)
        guard transport == kind else { return }
        sourcePort = bytes.half(at: Int(l4))
        destinationPort = bytes.half(at: Int(l4) &+ 2)
    }

    @inlinable mutating func parseAH(_ bytes: UnsafeRawBufferPointer) {
        guard Int(l4) &+ 12 <= Int(l3EndStorage) else {
            _ = stop(.truncatedTransport)
            return
        }
        let byteCount = (Int(bytes[Int(l4) &+ 1]) &+ 2) &* 4
        guard byteCount >= 12 else {
            _ = stop(.badTransportLength)
            return
        }
        finishTransport(.ah, byteCount: byteCount)
    }

    @inlinable @inline(__always) mutating func finishTransport(_ kind: Transport, byteCount: Int) {
        guard Int(l4) &+ byteCount <= Int(l3EndStorage) else {
            _ = stop(.truncatedTransport)
            return
        }
        transport = kind
        payload = l4 &+ UInt32(truncatingIfNeeded: byteCount)
    }

    /// Notes why parsing ends, unless an earlier reason is noted; false, so that callers can return it.
    @inlinable mutating func stop(_ reason: Issue) -> Bool {
        if issue == .none { issue = reason }
        return false
    }
}
