internal import Wire

/// One flow of made-up traffic: its headers, ready to be copied, and what changes from frame to frame.
///
/// The payload is an 8-byte big-endian sequence number followed by zeros, so that a receiver can tell frames apart and
/// checksums are cheap to keep right.
package struct FrameRecipe: Sendable {
    /// What follows the Internet header.
    package enum Transport: UInt8, Sendable { case tcp = 6, udp = 17 }

    private var header: [UInt8]
    private let networkOffset = 14
    private let isVersion6: Bool
    private let transport: Transport
    /// One's complement sum of the pseudo-header and transport header, without lengths and sequence number.
    private var constantSum: UInt32 = 0
    private var networkSum: UInt32 = 0
    /// Shortest frame of this flow, in bytes: its headers.
    package var headerByteCount: Int { header.count }

    /// The flow number `index` between two hosts: addresses and ports are derived from it.
    package init(
        index: Int, version6: Bool, transport: Transport, source: [UInt8], destination: [UInt8]
    ) {
        isVersion6 = version6
        self.transport = transport
        header = destination + source + (version6 ? [0x86, 0xdd] : [0x08, 0x00])
        let low = [UInt8(truncatingIfNeeded: index >> 8), UInt8(truncatingIfNeeded: index)]
        if version6 {
            let prefix: [UInt8] = [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0]
            header += [0x60, 0, 0, 0, 0, 0, transport.rawValue, 64]
            header += prefix + [0, 1] + low + prefix + [0, 2, 0, 1]
        } else {
            header += [0x45, 0, 0, 0, 0, 0, 0x40, 0, 64, transport.rawValue, 0, 0]
            header += [198, 18] + low + [198, 19, 0, 1]
        }
        let sourcePort = 1024 + index % 60_000
        header += [UInt8(sourcePort >> 8), UInt8(sourcePort & 255), 0x13, 0x89]
        header += transport == .udp ? [0, 0, 0, 0] : [0, 0, 0, 0, 0, 0, 0, 1, 0x50, 0x10, 0xff, 0xff, 0, 0, 0, 0]
        networkSum = Self.sum(header[14..<34])
        constantSum = Self.sum(header[(version6 ? 22 : 26)...]) + UInt32(transport.rawValue)
    }

    /// Writes frame number `sequence` of `buffer.count` bytes.
    ///
    /// - Precondition: the buffer holds at least the headers.
    package func write(into buffer: UnsafeMutableRawBufferPointer, sequence: UInt64) {
        precondition(buffer.count >= header.count, "frame shorter than its headers")
        header.withUnsafeBytes { buffer.copyMemory(from: $0) }
        let payload = buffer.count - header.count
        if payload > 0 {
            UnsafeMutableRawBufferPointer(rebasing: buffer[header.count...])
                .initializeMemory(as: UInt8.self, repeating: 0)
        }
        var sum = constantSum
        if payload >= 8 {
            buffer.storeBigEndian(sequence, at: header.count)
            sum &+= UInt32(sequence & 0xffff) &+ UInt32((sequence >> 16) & 0xffff)
            sum &+= UInt32((sequence >> 32) & 0xffff) &+ UInt32(sequence >> 48)
        }
        let transportLength = UInt16(payload + (transport == .udp ? 8 : 20))
        sum &+= UInt32(transportLength)
        writeNetworkLength(into: buffer, payload: buffer.count - networkOffset)
        let transportOffset = header.count - (transport == .udp ? 8 : 20)
        if transport == .udp {
            buffer.storeBigEndian(transportLength, at: transportOffset + 4)
            sum &+= UInt32(transportLength)
        }
        let checksum = ~Self.fold(sum)
        let isZero = checksum == 0 && transport == .udp
        buffer.storeBigEndian(isZero ? 0xffff : checksum, at: transportOffset + (transport == .udp ? 6 : 16))
    }

    private func writeNetworkLength(into buffer: UnsafeMutableRawBufferPointer, payload byteCount: Int) {
        if isVersion6 {
            buffer.storeBigEndian(UInt16(byteCount - 40), at: networkOffset + 4)
        } else {
            buffer.storeBigEndian(UInt16(byteCount), at: networkOffset + 2)
            buffer.storeBigEndian(~Self.fold(networkSum &+ UInt32(byteCount)), at: networkOffset + 10)
        }
    }

    private static func fold(_ sum: UInt32) -> UInt16 {
        var sum = sum
        while sum > 0xffff { sum = (sum & 0xffff) + (sum >> 16) }
        return UInt16(sum)
    }

    private static func sum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        var sum: UInt32 = 0
        var index = bytes.startIndex
        while index < bytes.endIndex {
            sum += UInt32(bytes[index]) << 8
            if index + 1 < bytes.endIndex { sum += UInt32(bytes[index + 1]) }
            index += 2
        }
        return sum
    }
}
