import Wire

extension TransportInterfaceReceive {
    /// Notes the hash of a frame and what it covers.
    ///
    /// The interface's field selector says for which network and transport protocol it is meant; a frame of another
    /// kind is hashed over what it has in common with the selection.
    mutating func hash(_ received: inout ReceivedFrame, _ bytes: UnsafeRawBufferPointer) {
        guard hashFunction != .none, received.headers.network != .none else { return }
        let fields = HashFields(rawValue: outerSelector & 0x3fff_ffff)
        guard !fields.isEmpty else { return }
        switch hashFunction {
        case .none: return
        case .toeplitz: received.hash = toeplitz(fields, received.headers, bytes)
        case .invertedXOR8: received.hash = Self.exclusiveOr(fields, received.headers, bytes)
        }
        received.hashType = Self.type(fields, received.headers)
    }

    private func toeplitz(_ fields: HashFields, _ headers: PacketHeaders, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
        guard isSymmetric else { return hasher.hash(fields, of: headers, in: bytes) }
        return symmetric(fields, headers, bytes)
    }

    /// The same hash for both directions: addresses and ports enter in ascending order.
    private func symmetric(_ fields: HashFields, _ headers: PacketHeaders, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
        var state = ToeplitzHasher.State()
        let source = headers.sourceAddressOffset
        let destination = headers.destinationAddressOffset
        let count = headers.addressByteCount
        if fields.isSuperset(of: [.sourceIP, .destinationIP]) {
            let isAscending = !bytes[destination..<destination + count].lexicographicallyPrecedes(
                bytes[source..<source + count])
            hasher.append(bytes, from: isAscending ? source : destination, count: count, to: &state)
            hasher.append(bytes, from: isAscending ? destination : source, count: count, to: &state)
        }
        if headers.hasWholePorts, fields.isSuperset(of: [.l4SourcePort, .l4DestinationPort]) {
            hasher.append(min(headers.sourcePort, headers.destinationPort), to: &state)
            hasher.append(max(headers.sourcePort, headers.destinationPort), to: &state)
        }
        return state.hash
    }

    /// All bytes of the selected fields, combined by exclusive or and inverted, in the low eight bits.
    private static func exclusiveOr(
        _ fields: HashFields, _ headers: PacketHeaders, _ bytes: UnsafeRawBufferPointer
    ) -> UInt32 {
        var result: UInt8 = 0
        if fields.contains(.sourceIP) {
            for place in 0..<headers.addressByteCount { result ^= bytes[headers.sourceAddressOffset + place] }
        }
        if fields.contains(.destinationIP) {
            for place in 0..<headers.addressByteCount { result ^= bytes[headers.destinationAddressOffset + place] }
        }
        if headers.hasWholePorts {
            if fields.contains(.l4SourcePort) {
                result ^= UInt8(headers.sourcePort >> 8) ^ UInt8(truncatingIfNeeded: headers.sourcePort)
            }
            if fields.contains(.l4DestinationPort) {
                result ^= UInt8(headers.destinationPort >> 8) ^ UInt8(truncatingIfNeeded: headers.destinationPort)
            }
        }
        return UInt32(~result)
    }

    /// What the hash covers, as a completion tells it.
    private static func type(_ fields: HashFields, _ headers: PacketHeaders) -> RSSHashType {
        let network: RSSHashType.Network = headers.network == .ipv4 ? .ipv4 : .ipv6
        if headers.hasWholePorts, !fields.isDisjoint(with: [.l4SourcePort, .l4DestinationPort]) {
            return RSSHashType(network, headers.transport == .tcp ? .tcp : .udp)
        }
        let isSPI = fields.contains(.ipsecSPI) && (headers.transport == .esp || headers.transport == .ah)
        return RSSHashType(network, isSPI ? .ipsecSPI : .none)
    }
}
