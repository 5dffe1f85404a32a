/// How many bytes a transaction takes on the link, and how long they last.
///
/// Values derived once from the parameters.
///
/// Every packet has 8 bytes of framing, sequence number and link CRC (Base Specification 4.2.1.1 and 4.2.2.1, 3.6),
/// in every generation up to 5.
package struct LinkFormat: Sendable {
    /// Framing, sequence number and link CRC of one packet, in bytes.
    package static let framingByteCount = 8
    /// Data of a message-signalled interrupt, in bytes (Base Specification 6.1.4).
    package static let messageByteCount = 4
    private static let pageByteCount: UInt64 = 4096

    /// Bytes of a request without data, and of a write before its data.
    package let requestByteCount: Int
    /// Bytes of a completion before its data.
    package let completionByteCount: Int
    /// Picoseconds × 65,536 that one byte lasts.
    package let scaledByteTime: UInt64

    private let maxPayload: UInt64
    private let maxReadRequest: UInt64
    private let completionChunk: UInt64

    package init(_ parameters: PCIeParameters) {
        precondition(parameters.problem == nil, "no link can be made of these parameters")
        let digest = parameters.hasEndToEndCRC ? 4 : 0
        requestByteCount = Self.framingByteCount + (parameters.addressBitCount > 32 ? 16 : 12) + digest
        completionByteCount = Self.framingByteCount + 12 + digest
        maxPayload = UInt64(parameters.maxPayloadByteCount)
        maxReadRequest = UInt64(parameters.maxReadRequestByteCount)
        completionChunk = UInt64(min(parameters.readCompletionByteCount, parameters.maxPayloadByteCount))
        scaledByteTime = Self.scaledByteTime(parameters)
    }

    /// Line rate, in transfers a second of one lane.
    package static func transferRate(generation: Int) -> UInt64 {
        switch generation {
        case 1: 2_500_000_000
        case 2: 5_000_000_000
        default: 8_000_000_000 << UInt64(generation - 3)
        }
    }

    private static func scaledByteTime(_ parameters: PCIeParameters) -> UInt64 {
        let bitsPerSecond = transferRate(generation: parameters.generation) * UInt64(parameters.laneCount)
        // 8 × 10¹² ps·bit/byte × 2¹⁶, then the line code, then the share that is left for packets.
        let uncoded = 8_000_000_000_000 * 65_536 / (bitsPerSecond / 1000) / 1000
        let coded = parameters.generation < 3 ? uncoded * 10 / 8 : uncoded * 130 / 128
        return coded * 10_000 / (10_000 - parameters.dataLinkOverhead)
    }

    /// How long the longest completion lasts, in picoseconds.
    package var longestCompletionDuration: UInt64 {
        duration(byteCount: completionByteCount &+ Int(truncatingIfNeeded: completionChunk))
    }

    /// How long `byteCount` bytes last, in picoseconds.
    package func duration(byteCount: Int) -> UInt64 {
        (UInt64(truncatingIfNeeded: byteCount) &* scaledByteTime &+ 32_768) >> 16
    }

    /// Bytes of data in a packet for `address..<end`: packets carry whole 4-byte words.
    package func dataByteCount(from address: UInt64, to end: UInt64) -> Int {
        Int(truncatingIfNeeded: ((end &+ 3) & ~3) &- (address & ~3))
    }

    /// Where the write that starts at `address` ends, of an operation that ends at `end`: MPS or the next 4 KiB.
    /// (Differences, not sums, are compared: an address may be as high as it likes.)
    package func writeEnd(from address: UInt64, to end: UInt64) -> UInt64 {
        address &+ min(end &- address, maxPayload, Self.pageByteCount &- (address & (Self.pageByteCount &- 1)))
    }

    /// Where the read request that starts at `address` ends: MRRS or the next 4 KiB.
    package func requestEnd(from address: UInt64, to end: UInt64) -> UInt64 {
        address &+ min(end &- address, maxReadRequest, Self.pageByteCount &- (address & (Self.pageByteCount &- 1)))
    }

    /// Where the completion that starts at `address` ends: the next multiple of what the root complex returns at once.
    package func completionEnd(from address: UInt64, to end: UInt64) -> UInt64 {
        address &+ min(end &- address, completionChunk &- (address & (completionChunk &- 1)))
    }

    /// Bytes that a write of `byteCount` takes upstream.
    package func writeWireByteCount(byteCount: Int, address: UInt64) -> Int {
        let end = address &+ UInt64(byteCount)
        var position = address
        var total = 0
        while position < end {
            let next = writeEnd(from: position, to: end)
            total += requestByteCount + dataByteCount(from: position, to: next)
            position = next
        }
        return total
    }

    /// Bytes that a read of `byteCount` takes: requests upstream, completions downstream.
    package func readWireByteCount(byteCount: Int, address: UInt64) -> (upstream: Int, downstream: Int) {
        let end = address &+ UInt64(byteCount)
        var position = address
        var total = (upstream: 0, downstream: 0)
        while position < end {
            let requested = requestEnd(from: position, to: end)
            total.upstream += requestByteCount
            while position < requested {
                let next = completionEnd(from: position, to: requested)
                total.downstream += completionByteCount + dataByteCount(from: position, to: next)
                position = next
            }
        }
        return total
    }
}
