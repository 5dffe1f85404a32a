/// The hash of a packet's fields, in the order source address, destination address, source port, destination port.
extension ToeplitzHasher {
    /// Hash of those `fields` of the packet of `headers` that it has; `bytes` are what was parsed.
    ///
    /// Zero when there is no network header.
    @inlinable public func hash(
        _ fields: HashFields, of headers: PacketHeaders, in bytes: UnsafeRawBufferPointer
    ) -> UInt32 {
        guard headers.network != .none else { return 0 }
        var state = State()
        let addressByteCount = headers.addressByteCount
        if fields.isSuperset(of: [.sourceIP, .destinationIP]) {
            // The destination follows the source in both versions.
            append(bytes, from: headers.sourceAddressOffset, count: 2 &* addressByteCount, to: &state)
        } else if fields.contains(.sourceIP) {
            append(bytes, from: headers.sourceAddressOffset, count: addressByteCount, to: &state)
        } else if fields.contains(.destinationIP) {
            append(bytes, from: headers.destinationAddressOffset, count: addressByteCount, to: &state)
        }
        if headers.hasWholePorts, fields.isSuperset(of: [.l4SourcePort, .l4DestinationPort]) {
            append(UInt32(headers.sourcePort) &<< 16 | UInt32(headers.destinationPort), to: &state)
        } else if headers.hasWholePorts {
            if fields.contains(.l4SourcePort) { append(headers.sourcePort, to: &state) }
            if fields.contains(.l4DestinationPort) { append(headers.destinationPort, to: &state) }
        }
        if fields.contains(.ipsecSPI), !headers.isFragment, headers.transport == .esp || headers.transport == .ah {
            let offset = headers.l4Offset &+ (headers.transport == .ah ? 4 : 0)
            append(bytes.bigEndian(at: offset) as UInt32, to: &state)
        }
        return state.hash
    }

    /// Hash of an IPv4 packet's addresses and ports.
    @inlinable public func hash(
        ipv4Source source: UInt32, destination: UInt32, sourcePort: UInt16, destinationPort: UInt16
    ) -> UInt32 {
        var state = State()
        append(source, to: &state)
        append(destination, to: &state)
        append(sourcePort, to: &state)
        append(destinationPort, to: &state)
        return state.hash
    }
}
