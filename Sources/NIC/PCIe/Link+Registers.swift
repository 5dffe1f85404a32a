package import Simulation

extension PCIeLink {
    /// A processor stores `byteCount` bytes to a register; returns when they reach the device.
    package mutating func mmioWrite(byteCount: Int, at now: SimTime) -> SimTime {
        counters.registerWriteCount &+= 1
        let wireByteCount = format.requestByteCount + max(4, byteCount)
        // Writes stay in order among themselves, and may pass reads (Base Specification 2.4.1).
        lastRegisterWrite = sendDown(wireByteCount, from: now.picoseconds + parameters.registerWriteLatency)
        return SimTime(picoseconds: lastRegisterWrite)
    }

    /// A processor loads `byteCount` bytes of a register.
    ///
    /// - Returns: `sampled`, when the device reads the register, and `returned`, when the processor has the value.
    ///   The completion follows the writes that the device sent before it.
    package mutating func mmioRead(byteCount: Int, at now: SimTime) -> (sampled: SimTime, returned: SimTime) {
        counters.registerReadCount &+= 1
        let sampled = sendDown(format.requestByteCount, from: now.picoseconds + parameters.registerReadLatency)
        return (
            SimTime(picoseconds: sampled), answer(byteCount: byteCount, at: SimTime(picoseconds: sampled))
        )
    }

    /// Sends a processor's access down the link; returns when it is at the device.
    ///
    /// It competes with the answers to the device's reads packet by packet: it waits for one that is on the line, and
    /// what it takes of the line is taken from those behind. No access passes a write that was sent before it.
    private mutating func sendDown(_ wireByteCount: Int, from time: UInt64) -> UInt64 {
        let duration = format.duration(byteCount: wireByteCount)
        counters.downstreamByteCount &+= UInt64(wireByteCount)
        let start = min(downstream.reserve(duration, from: time), time + format.longestCompletionDuration)
        return max(start + duration, lastRegisterWrite)
    }
}
