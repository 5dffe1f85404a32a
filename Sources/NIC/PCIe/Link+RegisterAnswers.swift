package import Simulation

extension PCIeLink {
    /// Answers a register or configuration read that reached the device at `now`; returns when the processor has the
    /// value.
    ///
    /// The completion follows the writes that the device sent before it.
    package mutating func answer(byteCount: Int, at now: SimTime) -> SimTime {
        let wireByteCount = format.completionByteCount + max(4, byteCount)
        let duration = format.duration(byteCount: wireByteCount)
        var earliest = now.picoseconds + parameters.registerAccessTime
        if now.picoseconds >= lastWrite.asked { earliest = max(earliest, lastWrite.sent) }
        let arrived = upstream.reserve(duration, from: earliest) + duration
        counters.upstreamByteCount &+= UInt64(wireByteCount)
        return SimTime(picoseconds: max(arrived, lastWrite.accepted) + parameters.registerReadLatency)
    }
}
