internal import DequeModule
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
    /// Frames that wait for the transmitter, in order, and the bytes of buffer that they fill.
    private(set) var waiting = Deque<WaitingFrame>()
    package private(set) var waitingByteCount = 0
    /// Bytes of buffer of frames that queues bound for this port have begun to form and that are not at the switch.
    package var formingByteCount = 0
    /// Whether an event will serve the frames that wait.
    var isServing = false

    /// A frame that waits for the transmitter.
    struct WaitingFrame: Sendable, BitwiseCopyable {
        var frame: FrameID
        /// From when on its first bit may leave.
        var ready: SimTime
        /// Bytes of buffer it fills.
        var bufferByteCount: Int
    }

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

    /// Bytes on the line that the transmitter may be ahead of: what it was given leaves even if the port goes down.
    static let transmitterByteCount = 1024

    /// Whether the transmitter takes a frame whose first bit may leave at `time`.
    func takes(at time: SimTime) -> Bool {
        busyUntil <= time + .picoseconds(UInt64(Self.transmitterByteCount) * byteTime)
    }

    /// From when on the transmitter takes another frame.
    var nextTime: SimTime {
        let ahead = UInt64(Self.transmitterByteCount) * byteTime
        return SimTime(picoseconds: busyUntil.picoseconds > ahead ? busyUntil.picoseconds - ahead : 0)
    }

    mutating func wait(_ frame: WaitingFrame) {
        waiting.append(frame)
        waitingByteCount += frame.bufferByteCount
    }

    mutating func popWaiting() -> WaitingFrame? {
        guard let frame = waiting.popFirst() else { return nil }
        waitingByteCount -= frame.bufferByteCount
        return frame
    }

    /// Bytes of the send buffer that are in use: frames being formed, frames that wait, and what the transmitter has.
    func sendBufferedByteCount(at now: SimTime) -> Int {
        let ahead = busyUntil > now ? Int((busyUntil - now).picoseconds / byteTime) : 0
        return formingByteCount + waitingByteCount + ahead
    }
}
