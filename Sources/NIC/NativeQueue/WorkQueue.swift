package import Wire

/// What send and receive queues have in common: a ring of work queue entries and a doorbell record
/// (`wq`, native interface, section 6.2).
package struct WorkQueue: Sendable {
    /// How entries are laid out; a raw value that is no `WQType` is refused by the firmware.
    package let type: WQType
    package let hasSignature: Bool
    package let endPaddingMode: UInt32
    package let lowWatermark: UInt32
    package let protectionDomain: Int
    package let uarPage: Int
    /// I/O virtual address of the doorbell record: receive counter, then send counter, 4 bytes each.
    package let doorbellRecordAddress: UInt64
    /// Bytes of one entry, as a power of two.
    package let logStride: UInt32
    /// Number of entries, as a power of two.
    package let logSize: UInt32
    package let memory: QueueMemory
    private let logPageSize: UInt32
    private let pageOffset: UInt32

    /// Entries the engine has fetched, and entries it has finished with; both wrap at 2^16.
    package var fetched: UInt16 = 0
    package var consumed: UInt16 = 0
    /// The driver's counter, as last read from the doorbell record.
    package var produced: UInt16 = 0

    package init(decoding context: Record, at offset: Int, pages: [UInt64]) {
        type = WQType(rawValue: UInt8(context.get(WQContext.wqType, at: offset))) ?? .cyclic
        hasSignature = context.get(WQContext.wqSignature, at: offset) != 0
        endPaddingMode = context.get(WQContext.endPaddingMode, at: offset)
        lowWatermark = context.get(WQContext.lwm, at: offset)
        protectionDomain = Int(context.get(WQContext.pd, at: offset))
        uarPage = Int(context.get(WQContext.uarPage, at: offset))
        doorbellRecordAddress = context.get64(offset + WQContext.dbrAddr)
        logStride = context.get(WQContext.logWqStride, at: offset)
        logSize = context.get(WQContext.logWqSz, at: offset)
        logPageSize = context.get(WQContext.logWqPgSz, at: offset)
        pageOffset = context.get(WQContext.pageOffset, at: offset)
        memory = QueueMemory(pages: pages, logPageSize: logPageSize, firstOffset: UInt64(pageOffset) * 64)
    }

    /// Number of entries in the ring.
    package var entryCount: Int { 1 << Int(logSize) }

    /// Number of pages the ring needs; a context with fewer is refused by the firmware.
    package var neededPageCount: Int {
        let byteCount = (UInt64(1) << UInt64(logSize + logStride)) + memory.firstOffset
        return Int((byteCount + (1 << memory.pageShift) - 1) >> memory.pageShift)
    }

    /// Writes the context as `QUERY_SQ` and `QUERY_RQ` reply it.
    package func encode(into context: inout Record, at offset: Int) {
        context.set(WQContext.wqType, UInt32(type.rawValue), at: offset)
        context.set(WQContext.wqSignature, hasSignature ? 1 : 0, at: offset)
        context.set(WQContext.endPaddingMode, endPaddingMode, at: offset)
        context.set(WQContext.lwm, lowWatermark, at: offset)
        context.set(WQContext.pageOffset, pageOffset, at: offset)
        context.set(WQContext.pd, UInt32(protectionDomain), at: offset)
        context.set(WQContext.uarPage, UInt32(uarPage), at: offset)
        context.set64(offset + WQContext.dbrAddr, doorbellRecordAddress)
        context.set(WQContext.hwCounter, UInt32(consumed), at: offset)
        context.set(WQContext.swCounter, UInt32(produced), at: offset)
        context.set(WQContext.logWqStride, logStride, at: offset)
        context.set(WQContext.logWqPgSz, logPageSize, at: offset)
        context.set(WQContext.logWqSz, logSize, at: offset)
    }

    /// Forgets all entries: what RST does.
    package mutating func reset() {
        fetched = 0
        consumed = 0
        produced = 0
    }
}
