internal import Wire

/// What a reflector does to a frame: it exchanges source and destination in every header it knows, which leaves every
/// checksum as it was.
package enum Reflection {
    /// Exchanges the Ethernet addresses of `frame` and, behind any VLAN tags, IP addresses and TCP or UDP ports.
    package static func exchangeAddresses(_ frame: UnsafeMutableRawBufferPointer) {
        guard frame.count >= 14 else { return }
        exchange(frame, 0, 6, byteCount: 6)
        var offset = 12
        var type: UInt16 = frame.bigEndian(at: offset)
        while type == 0x8100 || type == 0x88a8, offset + 6 <= frame.count {
            offset += 4
            type = frame.bigEndian(at: offset)
        }
        let network = offset + 2
        if type == 0x0800, network + 20 <= frame.count {
            let headerByteCount = Int(frame[network] & 15) * 4
            exchange(frame, network + 12, network + 16, byteCount: 4)
            let fragment: UInt16 = frame.bigEndian(at: network + 6)
            guard headerByteCount >= 20, fragment & 0x1fff == 0 else { return }
            exchangePorts(frame, at: network + headerByteCount, protocol: frame[network + 9])
        } else if type == 0x86dd, network + 40 <= frame.count {
            exchange(frame, network + 8, network + 24, byteCount: 16)
            exchangePorts(frame, at: network + 40, protocol: frame[network + 6])
        }
    }

    private static func exchangePorts(_ frame: UnsafeMutableRawBufferPointer, at offset: Int, protocol number: UInt8) {
        guard number == 6 || number == 17, offset + 4 <= frame.count else { return }
        exchange(frame, offset, offset + 2, byteCount: 2)
    }

    private static func exchange(_ frame: UnsafeMutableRawBufferPointer, _ a: Int, _ b: Int, byteCount: Int) {
        for index in 0..<byteCount { frame.swapAt(a + index, b + index) }
    }
}
