package import DequeModule
package import Simulation
package import Wire

/// A completion queue (`cqc`, native interface, section 6.1; arming: section 5.4).
package struct CompletionQueue: Sendable {
    /// What has become of a completion queue: `status` of its context.
    package enum Status: UInt8, Sendable { case ok = 0, overflow = 0x9, writeFailed = 0xa }

    package var status = Status.ok
    package let entrySize: CQESize
    /// Every completion overwrites entry 0.
    package let isCollapsed: Bool
    package let ignoresOverrun: Bool
    package let solicitedBreaksModeration: Bool
    package var periodMode: UInt32
    package var arm: ArmState
    package let logSize: UInt32
    package let uarPage: Int
    /// Moderation: longest delay of an event, in microseconds, and most completions without one; zero turns it off.
    package var period: UInt32
    package var maximumCount: UInt32
    package let eventQueue: Int
    /// I/O virtual address of the doorbell record: consumer index, then the arm word, 4 bytes each.
    package let doorbellRecordAddress: UInt64
    package let memory: QueueMemory
    private let logPageSize: UInt32
    private let pageOffset: UInt32

    /// Which of those that had its number this is.
    package var life: UInt16 = 0
    /// Completions on their way to host memory, oldest first.
    package var posting = Deque<CompletionQueueEntry>()
    /// Counters of 24 bits: completions in host memory, and read as far as the device knows.
    package var producer: UInt32 = 0
    package var consumer: UInt32 = 0
    package var lastNotified: UInt32 = 0
    package var lastSolicited: UInt32 = 0
    package var moderation = Moderation()
    /// Completions keep their order: none is asked for, or visible, earlier than these.
    package var lastAsked = SimTime.zero
    package var lastVisible = SimTime.zero

    package init(decoding context: Record, at offset: Int, pages: [UInt64]) {
        entrySize = CQESize(rawValue: UInt8(context.get(CQContext.cqeSz, at: offset))) ?? .bytes64
        isCollapsed = context.get(CQContext.cc, at: offset) != 0
        ignoresOverrun = context.get(CQContext.oi, at: offset) != 0
        solicitedBreaksModeration = context.get(CQContext.scqeBreakModerationEn, at: offset) != 0
        periodMode = context.get(CQContext.cqPeriodMode, at: offset)
        arm = ArmState(rawValue: UInt8(context.get(CQContext.st, at: offset))) ?? .fired
        logSize = context.get(CQContext.logCqSize, at: offset)
        uarPage = Int(context.get(CQContext.uarPage, at: offset))
        period = context.get(CQContext.cqPeriod, at: offset)
        maximumCount = context.get(CQContext.cqMaxCount, at: offset)
        eventQueue = Int(context.get(CQContext.cEqnOrApuElement, at: offset))
        doorbellRecordAddress = context.get64(offset + CQContext.dbrAddr)
        logPageSize = context.get(CQContext.logPageSize, at: offset)
        pageOffset = context.get(CQContext.pageOffset, at: offset)
        memory = QueueMemory(pages: pages, logPageSize: logPageSize, firstOffset: UInt64(pageOffset) * 64)
    }

    /// Completions that the device has written or has on their way: a counter of 24 bits.
    @inline(__always) var issued: UInt32 { (producer &+ UInt32(posting.count)) & Self.counterMask }

    /// Bytes of one entry, as a power of two.
    @inline(__always) package var logEntryByteCount: UInt64 { entrySize == .bytes64 ? 6 : 7 }

    /// Number of pages the ring needs; a context with fewer is refused by the firmware.
    package var neededPageCount: Int {
        let byteCount = (UInt64(1) << (UInt64(logSize) + logEntryByteCount)) + memory.firstOffset
        return Int((byteCount + (1 << memory.pageShift) - 1) >> memory.pageShift)
    }

    /// Writes the context as `QUERY_CQ` replies it.
    package func encode(into context: inout Record, at offset: Int) {
        context.set(CQContext.status, UInt32(status.rawValue), at: offset)
        context.set(CQContext.cqeSz, UInt32(entrySize.rawValue), at: offset)
        context.set(CQContext.cc, isCollapsed ? 1 : 0, at: offset)
        context.set(CQContext.scqeBreakModerationEn, solicitedBreaksModeration ? 1 : 0, at: offset)
        context.set(CQContext.oi, ignoresOverrun ? 1 : 0, at: offset)
        context.set(CQContext.cqPeriodMode, periodMode, at: offset)
        context.set(CQContext.st, UInt32(arm.rawValue), at: offset)
        context.set(CQContext.pageOffset, pageOffset, at: offset)
        context.set(CQContext.logCqSize, logSize, at: offset)
        context.set(CQContext.uarPage, UInt32(uarPage), at: offset)
        context.set(CQContext.cqPeriod, period, at: offset)
        context.set(CQContext.cqMaxCount, maximumCount, at: offset)
        context.set(CQContext.cEqnOrApuElement, UInt32(eventQueue), at: offset)
        context.set(CQContext.logPageSize, logPageSize, at: offset)
        context.set(CQContext.lastNotifiedIndex, lastNotified, at: offset)
        context.set(CQContext.lastSolicitIndex, lastSolicited, at: offset)
        context.set(CQContext.consumerCounter, consumer, at: offset)
        context.set(CQContext.producerCounter, issued, at: offset)
        context.set64(offset + CQContext.dbrAddr, doorbellRecordAddress)
    }
}
