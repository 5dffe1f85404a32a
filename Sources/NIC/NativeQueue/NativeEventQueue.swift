package import DequeModule
package import Simulation
package import Wire

/// An event queue (`eqc`, native interface, section 6.1; arming: section 5.4).
///
/// The name tells it from the simulation's own queue of events.
package struct NativeEventQueue: Sendable {
    /// What has become of an event queue: `status` of its context.
    package enum Status: UInt8, Sendable { case ok = 0, overflow = 0x9, writeFailed = 0xa }

    package var status = Status.ok
    package let ignoresOverrun: Bool
    package var arm: ArmState
    package let logSize: UInt32
    package let uarPage: Int
    /// Index of the message-signalled interrupt it raises.
    package let interrupt: Int
    package let memory: QueueMemory
    /// Bit *n* of word *m* wants asynchronous events of type 64*m* + *n* (`CREATE_EQ`, `event_bitmask`).
    package let eventMask: InlineArray<4, UInt64>
    private let logPageSize: UInt32
    private let pageOffset: UInt32

    /// Counters of 24 bits: entries in host memory, and read as far as the driver has said.
    package var producer: UInt32 = 0
    package var consumer: UInt32 = 0
    /// Which of those that had its number this is.
    package var life: UInt16 = 0
    /// Entries on their way to host memory, oldest first.
    package var posting = Deque<EventQueueEntry>()
    /// Entries keep their order: none is asked for, or visible, earlier than these.
    package var lastAsked = SimTime.zero
    package var lastVisible = SimTime.zero

    package init(
        decoding context: Record, at offset: Int, pages: [UInt64], eventMask: InlineArray<4, UInt64>
    ) {
        ignoresOverrun = context.get(EQContext.oi, at: offset) != 0
        arm = ArmState(rawValue: UInt8(context.get(EQContext.st, at: offset))) ?? .fired
        logSize = context.get(EQContext.logEqSize, at: offset)
        uarPage = Int(context.get(EQContext.uarPage, at: offset))
        interrupt = Int(context.get(EQContext.intr, at: offset))
        logPageSize = context.get(EQContext.logPageSize, at: offset)
        pageOffset = context.get(EQContext.pageOffset, at: offset)
        memory = QueueMemory(pages: pages, logPageSize: logPageSize, firstOffset: UInt64(pageOffset) * 64)
        self.eventMask = eventMask
    }

    /// Whether asynchronous events of `type` go here.
    package func wants(_ type: EventType) -> Bool {
        eventMask[Int(type.rawValue) >> 6] & (1 << UInt64(type.rawValue & 63)) != 0
    }

    /// Number of pages the ring needs; a context with fewer is refused by the firmware.
    package var neededPageCount: Int {
        let byteCount = (UInt64(64) << UInt64(logSize)) + memory.firstOffset
        return Int((byteCount + (1 << memory.pageShift) - 1) >> memory.pageShift)
    }

    /// Writes the context as `QUERY_EQ` replies it.
    package func encode(into context: inout Record, at offset: Int) {
        context.set(EQContext.status, UInt32(status.rawValue), at: offset)
        context.set(EQContext.oi, ignoresOverrun ? 1 : 0, at: offset)
        context.set(EQContext.st, UInt32(arm.rawValue), at: offset)
        context.set(EQContext.pageOffset, pageOffset, at: offset)
        context.set(EQContext.logEqSize, logSize, at: offset)
        context.set(EQContext.uarPage, UInt32(uarPage), at: offset)
        context.set(EQContext.intr, UInt32(interrupt), at: offset)
        context.set(EQContext.logPageSize, logPageSize, at: offset)
        context.set(EQContext.consumerCounter, consumer, at: offset)
        context.set(EQContext.producerCounter, producer, at: offset)
    }
}
