package import Simulation

extension PCIeLink {
    /// Answers a register or configuration read that reached the device at `now`; returns when the processor has the
    /// value.
    ///
    /// The completion follows the writes that the device sent before it.
    package mutating func answer(byteCount: Int, at now: SimTime) -> SimTime {
        let wireByteCount = format.completionByteCount + max(4, byteCount)
        let duration = format.duration(byteCount: wireByteCount)
        let asked = now.picoseconds + parameters.registerAccessTime
        let before = writes.last(askedBy: asked)
        let arrived = upstream.reserve(duration, from: max(asked, before.sent)) + duration
        counters.upstreamByteCount &+= UInt64(wireByteCount)
        return SimTime(picoseconds: max(arrived, before.accepted) + parameters.registerReadLatency)
    }
}
