import Wire

/// What a reflector does to a frame: it exchanges source and destination in the headers it knows, which leaves every
/// checksum as it was, as a sum does not depend on the order.
package enum Reflection {
    /// Exchanges the Ethernet addresses of `frame` and, behind any VLAN tags, IP addresses and TCP or UDP ports.
    package static func exchangeAddresses(_ frame: UnsafeMutableRawBufferPointer) {
        exchangeEthernetAddresses(frame)
        let headers = PacketHeaders(parsing: UnsafeRawBufferPointer(frame))
        guard headers.network != .none, headers.l4Offset > 0 else { return }
        let (source, destination) = (headers.sourceAddressOffset, headers.destinationAddressOffset)
        exchange(frame, source, destination, byteCount: headers.addressByteCount)
        guard headers.hasWholePorts, headers.payloadOffset > 0 else { return }
        exchange(frame, headers.l4Offset, headers.l4Offset + 2, byteCount: 2)
    }

    /// Exchanges the Ethernet addresses alone.
    @inline(__always) static func exchangeEthernetAddresses(_ frame: UnsafeMutableRawBufferPointer) {
        exchange(frame, 0, 6, byteCount: 6)
    }

    @inline(__always)
    private static func exchange(_ frame: UnsafeMutableRawBufferPointer, _ first: Int, _ second: Int, byteCount: Int) {
        guard second + byteCount <= frame.count else { return }
        for index in 0..<byteCount { frame.swapAt(first + index, second + index) }
    }
}
