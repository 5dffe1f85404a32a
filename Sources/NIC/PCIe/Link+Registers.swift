package import Simulation

extension PCIeLink {
    /// A processor stores `byteCount` bytes to a register; returns when they reach the device.
    package mutating func mmioWrite(byteCount: Int, at now: SimTime) -> SimTime {
        counters.registerWriteCount &+= 1
        let wireByteCount = format.requestByteCount + max(4, byteCount)
        return SimTime(
            picoseconds: sendDown(wireByteCount, from: now.picoseconds + parameters.registerWriteLatency))
    }

    /// A processor loads `byteCount` bytes of a register.
    ///
    /// - Returns: `sampled`, when the device reads the register, and `returned`, when the processor has the value.
    ///   The completion follows the writes that the device sent before it.
    package mutating func mmioRead(byteCount: Int, at now: SimTime) -> (sampled: SimTime, returned: SimTime) {
        counters.registerReadCount &+= 1
        let sampled = sendDown(format.requestByteCount, from: now.picoseconds + parameters.registerReadLatency)
        let wireByteCount = format.completionByteCount + max(4, byteCount)
        let duration = format.duration(byteCount: wireByteCount)
        var earliest = sampled + parameters.registerAccessTime
        if sampled >= lastWrite.asked { earliest = max(earliest, lastWrite.sent) }
        let arrived = upstream.reserve(duration, from: earliest) + duration
        counters.upstreamByteCount &+= UInt64(wireByteCount)
        return (
            SimTime(picoseconds: sampled),
            SimTime(picoseconds: max(arrived, lastWrite.accepted) + parameters.registerReadLatency)
        )
    }

    private mutating func sendDown(_ wireByteCount: Int, from time: UInt64) -> UInt64 {
        let duration = format.duration(byteCount: wireByteCount)
        counters.downstreamByteCount &+= UInt64(wireByteCount)
        return downstream.reserve(duration, from: time) + duration
    }
}
