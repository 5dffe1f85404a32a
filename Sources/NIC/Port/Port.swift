package import Simulation

/// A physical port: the MAC and its link.
package struct Port: Sendable {
    /// Line rate, in Mb/s.
    package let speed: UInt64
    /// What its functions' drivers have asked for (registers PAOS and PMTU).
    var requests = PortRequests()
    /// Whether one of them wants it on.
    package var isEnabled = true
    /// Whether something is connected: set by the world.
    package var isConnected = true
    /// Longest frame the hardware can have, and the drivers have set, in bytes with FCS (register PMTU).
    package let maximumMTU: UInt32
    package var adminMTU: UInt32
    /// Global pause (register PFCC): sends and honours pause frames.
    package var sendsPause = false
    package var honoursPause = false
    package var counters = PortCounters()
    /// Until when the transmitter is busy with what it was given.
    package var busyUntil = SimTime.zero

    package init(speed: UInt64, maximumMTU: UInt32) {
        self.speed = speed
        self.maximumMTU = maximumMTU
        adminMTU = maximumMTU
        byteTime = 8_000_000 / speed
    }

    /// Bytes in the receive buffer: frames that have not been written to host memory.
    package var bufferedByteCount = 0
    /// How long one byte lasts, in picoseconds.
    package let byteTime: UInt64

    /// Shortest frame a port sends, in bytes without FCS; shorter ones are padded.
    package static let shortestFrame = 60
    /// Preamble and start of frame, and the gap behind a frame, in bytes.
    static let preambleByteCount = 8
    static let gapByteCount = 12

    /// Whether frames pass.
    package var isUp: Bool { isEnabled && isConnected }

    /// Gives the transmitter a frame of `byteCount` bytes without FCS at `time`; returns when its last bit is out.
    mutating func serialise(_ byteCount: Int, at time: SimTime) -> SimTime {
        let start = max(time, busyUntil)
        let frame = UInt64(Self.preambleByteCount + byteCount + 4) * byteTime
        let lastBit = start + .picoseconds(frame)
        busyUntil = lastBit + .picoseconds(UInt64(Self.gapByteCount) * byteTime)
        return lastBit
    }

    /// Bytes the transmitter was given and has not sent.
    func backlogByteCount(at now: SimTime) -> Int { Int((busyUntil - now).picoseconds / byteTime) }
}
