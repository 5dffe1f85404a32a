/// What one PCIe attachment costs: the link, the device's DMA engine, the root complex and the IOMMU behind it.
///
/// Integers only. Times are in picoseconds unless a name says otherwise; a zero interval is a resource that never
/// limits. "Cnnnn" is a row of `Models/calibration/pcie.csv`; a default with neither a row nor a section of the
/// specification is assumed, and a device model should set it.
package struct PCIeParameters: Sendable, Equatable, Hashable {
    // MARK: The link

    /// PCIe generation, 1...5: 2.5, 5, 8, 16 or 32 GT/s a lane (PCI Express Base Specification 5.0, 1.2).
    package var generation = 4
    /// Lanes: 1, 2, 4, 8, 16 or 32.
    package var laneCount = 16
    /// MPS, in bytes: the most data in one memory write or completion (Base Specification 7.5.3.4).
    package var maxPayloadByteCount = 256
    /// MRRS, in bytes: the most data one read request may ask for (Base Specification 7.5.3.4).
    package var maxReadRequestByteCount = 512
    /// RCB, in bytes: completions of one request may be cut only at multiples of it (Base Specification 2.3.1.1).
    package var readCompletionBoundary = 64
    /// Bytes that the root complex puts into one completion, cut at multiples of this; a multiple of RCB, at most MPS.
    package var readCompletionByteCount = 256
    /// Width of DMA addresses, 32 or 64 bits: a 64-bit address makes a request's header 4 bytes longer.
    package var addressBitCount = 64
    /// End-to-end CRC on every transaction layer packet: 4 bytes more.
    package var hasEndToEndCRC = false
    /// Share of the link that Ack, flow-control and skip symbols take, in parts per 10,000.
    ///
    /// 550 is derived from the write plateau C0168-C0171; the specification's guideline is 820 (C0059).
    package var dataLinkOverhead: UInt64 = 550

    // MARK: Flow control

    /// Read requests that may be outstanding.
    package var tagCount = 256
    /// Buffer space that the root complex advertises for writes and messages.
    package var postedCredits = PCIeCredits(header: 128, data: 2048)
    /// Buffer space that the root complex advertises for read requests.
    package var nonPostedCredits = PCIeCredits(header: 128, data: 0)
    /// Completion space that the device keeps for its own reads; zero: as much as the tags need.
    package var completionCredits = PCIeCredits(header: 0, data: 0)
    /// From a buffer's release in the root complex to the sender's knowing of it.
    package var creditReturnLatency: UInt64 = 50_000

    // MARK: The device's DMA engine

    /// From the engine's being told to read to its first request at the link.
    package var readEngineLatency: UInt64 = 20_000
    /// From the engine's being told to write to its first packet at the link.
    package var writeEngineLatency: UInt64 = 20_000
    /// Least time between the starts of two read operations.
    package var readIssueInterval: UInt64 = 0
    /// Engine time that a write operation takes however short it is.
    package var writeIssueInterval: UInt64 = 0
    /// Bytes that the engine moves in one step of a write.
    package var writeUnitByteCount = 128
    /// Engine time of one such step.
    package var writeUnitInterval: UInt64 = 0
    /// Upstream idle time after the last packet of a write operation, while the engine turns to the next.
    package var writeGap: UInt64 = 0
    /// Time to move 1,024 bytes from the link to the device's memory; adds to a read's latency and occupies nothing.
    package var readMoveTime: UInt64 = 0
    /// Time to move 1,024 bytes from the device's memory to the link; adds to a write's latency and occupies nothing.
    package var writeMoveTime: UInt64 = 0

    // MARK: The root complex

    /// From a read request's arrival to its first data on the link, found in the cache.
    package var readLatency: UInt64 = 400_000
    /// What is added when the data must come from memory: 40 ns (C0316 less C0125).
    package var coldPenalty: UInt64 = 40_000
    /// Time that a read request takes in the root complex whatever its length.
    package var readRequestInterval: UInt64 = 500
    /// Time that it takes for each 64-byte line it touches.
    package var readLineInterval: UInt64 = 1_000
    /// Time that a memory write packet takes in the root complex.
    package var writeInterval: UInt64 = 1_000
    /// From a write's acceptance in the root complex to a processor's seeing it.
    package var writeVisibilityLatency: UInt64 = 100_000

    // MARK: Address translation

    /// Translations that the root complex keeps; zero when no IOMMU is on.
    package var translationEntryCount = 0
    /// Entries a page may be kept in: `translationEntryCount` is a multiple of it.
    package var translationWayCount = 4
    /// Bytes of one translation: a power of two.
    package var translationPageByteCount = 4096
    /// Time of a page walk after a miss: 266 ns (C0331 less C0319).
    package var translationMissLatency: UInt64 = 266_000
    /// Page walks at a time: 6 (45 ns between missing writes, C0299).
    package var translationWalkCount = 6
    /// How much longer a read that missed keeps its page walker, beyond its own time in the root complex, until its
    /// first data are there: 40 ns (derived from C0291 and C0307 against C0299 and C0315).
    package var translationReadHold: UInt64 = 40_000

    // MARK: Registers and messages

    /// From a processor's store to its write on the link.
    package var registerWriteLatency: UInt64 = 100_000
    /// From a processor's load to its request on the link, and again from the completion to the processor.
    package var registerReadLatency: UInt64 = 150_000
    /// What the device takes to answer a register read.
    package var registerAccessTime: UInt64 = 100_000
    /// From a message's acceptance in the root complex to the interrupt at the processor.
    package var messageLatency: UInt64 = 500_000

    /// Everything at its default: a NIC on a fourth-generation, sixteen-lane link.
    package init() {}

    /// A NIC on a fourth-generation, sixteen-lane link, with no IOMMU.
    package static let `default` = PCIeParameters()
}
