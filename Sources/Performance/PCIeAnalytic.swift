import NIC

/// What a PCIe link can carry at best, by counting bytes: no latency, no queues, no limit but the two directions.
///
/// The method is that of Neugebauer et al., "Understanding PCIe performance for end host networking", SIGCOMM 2018.
/// Rates are in Gb/s.
package struct PCIeAnalytic: Sendable, Equatable {
    package let generation: Int
    package let laneCount: Int
    /// MPS, in bytes; completions are as long.
    package let maxPayloadByteCount: Int
    /// MRRS, in bytes.
    package let maxReadRequestByteCount: Int

    /// Bytes of a request with a 64-bit address, and of a completion, before their data.
    static let requestByteCount = 24
    static let completionByteCount = 20

    package init(generation: Int, laneCount: Int, maxPayloadByteCount: Int, maxReadRequestByteCount: Int) {
        self.generation = generation
        self.laneCount = laneCount
        self.maxPayloadByteCount = maxPayloadByteCount
        self.maxReadRequestByteCount = maxReadRequestByteCount
    }

    /// The link after its line code: 8b/10b, then 128b/130b from generation 3.
    package var rawRate: Double {
        let transfers = Double(LinkFormat.transferRate(generation: generation)) * Double(laneCount) / 1e9
        return generation < 3 ? transfers * 8 / 10 : transfers * 128 / 130
    }

    /// What is left for packets when Acks, flow-control updates (8 bytes each) and skip symbols (4 bytes in 1,538)
    /// go at the rates of the specification's guideline.
    package var packetRate: Double {
        rawRate * (1 - 2 * 8 / Double(acknowledgementInterval) - 4.0 / 1538)
    }

    /// Bytes on the link from one Ack, or flow-control update, to the next: the guideline's formula
    /// (Base Specification 3.6.3.1, "Ack transmission latency limit", in symbol times; the published model counts
    /// them as bytes of the whole link, and so do we, to be comparable).
    var acknowledgementInterval: Int {
        let tenths: Int
        switch (maxPayloadByteCount, laneCount) {
        case (...256, ...4): tenths = 14
        case (...256, ...8): tenths = 25
        case (...256, _): tenths = 30
        case (_, ...8): tenths = 10
        default: tenths = 20
        }
        let internalDelay = generation == 1 ? 19 : generation == 2 ? 70 : 115
        return (maxPayloadByteCount + 28) * tenths / (10 * laneCount) + internalDelay
    }

    /// Bytes that a write of `byteCount` takes from its sender.
    package func writeByteCount(_ byteCount: Int) -> Int {
        packetCount(byteCount, maxPayloadByteCount) * Self.requestByteCount + byteCount
    }

    /// Bytes of the requests of a read.
    package func requestByteCount(_ byteCount: Int) -> Int {
        packetCount(byteCount, maxReadRequestByteCount) * Self.requestByteCount
    }

    /// Bytes of the completions of a read.
    package func completionByteCount(_ byteCount: Int) -> Int {
        packetCount(byteCount, maxPayloadByteCount) * Self.completionByteCount + byteCount
    }

    /// Rate of the data of writes of `byteCount` with nothing else on the link.
    package func writeRate(_ byteCount: Int) -> Double {
        packetRate * Double(byteCount) / Double(writeByteCount(byteCount))
    }

    /// Rate of the data of reads of `byteCount` with nothing else on the link.
    package func readRate(_ byteCount: Int) -> Double {
        let busier = max(requestByteCount(byteCount), completionByteCount(byteCount))
        return packetRate * Double(byteCount) / Double(busier)
    }

    /// Rate of the data of each direction when there are as many reads as writes.
    package func readWriteRate(_ byteCount: Int) -> Double {
        let upstream = writeByteCount(byteCount) + requestByteCount(byteCount)
        return packetRate * Double(byteCount) / Double(max(upstream, completionByteCount(byteCount)))
    }

    private func packetCount(_ byteCount: Int, _ limit: Int) -> Int { (byteCount + limit - 1) / limit }
}
