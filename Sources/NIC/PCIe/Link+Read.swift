package import Host
package import Simulation

extension PCIeLink {
    /// Reads `byteCount` bytes of host memory at `address`; returns when the device has the last of them.
    ///
    /// The operation becomes requests of at most MRRS that do not cross 4 KiB, each of which waits for a tag and for
    /// credits; each is answered by completions that end at multiples of what the root complex returns at once.
    /// The work grows with `byteCount`, so the caller bounds it. An operation that would pass the end of the address
    /// space takes no bytes: the memory that it names does not exist.
    /// - Parameter isCold: the data are not in the processor's cache.
    package mutating func read(
        of function: FunctionID = FunctionID(0), byteCount: Int, address: UInt64, at now: SimTime, isCold: Bool = false
    ) -> SimTime {
        counters.readCount &+= 1
        counters.readByteCount &+= UInt64(byteCount)
        let issue = readEngine.reserve(parameters.readIssueInterval, from: now.picoseconds)
        let ready = issue &+ parameters.readEngineLatency
        let end = address &+ UInt64(byteCount)
        var position = address
        var last = ready
        while position < end {
            let next = format.requestEnd(from: position, to: end)
            last = max(last, request(of: function, from: position, to: next, at: ready, isCold: isCold))
            position = next
        }
        return SimTime(picoseconds: last &+ (UInt64(byteCount) &* parameters.readMoveTime) >> 10)
    }

    /// Sends one request; returns when its last completion has arrived.
    @inline(__always)
    private mutating func request(
        of function: FunctionID, from start: UInt64, to end: UInt64, at time: UInt64, isCold: Bool
    ) -> UInt64 {
        let byteCount = Int(end &- start)
        var earliest = max(time, tags.earliest)
        earliest = nonPosted.admit(byteCount: 0, at: earliest)
        earliest = completions.admit(byteCount: byteCount, at: earliest)
        let duration = format.duration(byteCount: format.requestByteCount)
        let arrival = upstream.reserve(duration, from: earliest) &+ duration
        counters.upstreamByteCount &+= UInt64(format.requestByteCount)

        let accepted = acceptRead(of: function, from: start, to: end, arrival: arrival)
        nonPosted.take(byteCount: 0, until: accepted &+ parameters.creditReturnLatency)
        let latency = parameters.readLatency &+ (isCold ? parameters.coldPenalty : 0)
        let done = complete(from: start, to: end, ready: accepted &+ latency)
        tags.takeEarliest(until: done)
        completions.take(byteCount: byteCount, until: done)
        return done
    }

    /// The root complex translates a request and starts it, in order of arrival; returns when.
    @inline(__always)
    private mutating func acceptRead(
        of function: FunctionID, from start: UInt64, to end: UInt64, arrival: UInt64
    ) -> UInt64 {
        let lines = ((end &- 1) >> 6) &- (start >> 6) &+ 1
        let occupancy = parameters.readRequestInterval &+ lines &* parameters.readLineInterval
        var earliest = translations.translate(
            page: translations.page(of: start), of: function, at: arrival,
            hold: occupancy &+ parameters.translationReadHold)
        // A request never passes a write that was sent before it (Base Specification 2.4.1).
        earliest = max(earliest, writes.last(sentBy: arrival).accepted)
        let inOrder = arrival >= lastRead.arrived
        if inOrder { earliest = max(earliest, lastRead.served) }
        // Its time is charged at arrival: while reads wait for a translation, writes may be served.
        let accepted = max(earliest, rootComplex.reserve(occupancy, from: arrival))
        if inOrder {
            lastRead.arrived = arrival
            lastRead.accepted = accepted
            lastRead.served = accepted &+ occupancy
        }
        return accepted
    }

    /// Sends the completions of one request, the first no earlier than `ready`; returns when the last has arrived.
    @inline(__always)
    private mutating func complete(from start: UInt64, to end: UInt64, ready: UInt64) -> UInt64 {
        var position = start
        var lineTime = ready &+ parameters.readRequestInterval
        var done = ready
        while position < end {
            let next = format.completionEnd(from: position, to: end)
            let lines = ((next &- 1) >> 6) &- (position >> 6) &+ 1
            lineTime &+= lines &* parameters.readLineInterval
            let byteCount = format.completionByteCount &+ format.dataByteCount(from: position, to: next)
            let duration = format.duration(byteCount: byteCount)
            done = downstream.reserve(duration, from: lineTime) &+ duration
            counters.downstreamByteCount &+= UInt64(byteCount)
            position = next
        }
        return done
    }
}
