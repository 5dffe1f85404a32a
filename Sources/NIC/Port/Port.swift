package import Simulation

/// A physical port: the MAC and its link.
package struct Port: Sendable {
    /// Line rate, in Mb/s.
    package let speed: UInt64
    /// What the driver asked for (register PAOS).
    package var isEnabled = true
    /// Whether something is connected: set by the world.
    package var isConnected = true
    /// Longest frame the hardware can have, and the driver has set, in bytes with FCS (register PMTU).
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
    }

    /// Whether frames pass.
    package var isUp: Bool { isEnabled && isConnected }
}
