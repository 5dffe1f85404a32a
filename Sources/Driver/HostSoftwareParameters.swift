package import Simulation

/// What host software costs, and how the driver is configured when the interface comes into being.
package struct HostSoftwareParameters: Sendable {
    /// Time from the interrupt's arrival at a core to the first instruction of the poll.
    package var perInterrupt = SimDuration.nanoseconds(700)
    /// Time of a poll beside the packets it handles.
    package var perPoll = SimDuration.nanoseconds(80)
    package var perPacketReceive = SimDuration.nanoseconds(40)
    package var perPacketTransmit = SimDuration.nanoseconds(35)
    package var perDoorbell = SimDuration.nanoseconds(20)
    /// Time for each byte that software touches (checksums, copies).
    package var perByte = SimDuration.zero
    /// CPU cores; channel *n* of netdev *m* is served by core *m + n* modulo this number.
    package var coreCount = 8

    /// Channels the interface starts with: queue pairs, each with an event queue and a vector.
    package var channelCount = 1
    /// Binary logarithm of the receive ring's entries.
    package var logReceiveRing = 10
    /// Binary logarithm of the send ring's 64-byte blocks.
    package var logTransmitRing = 10
    /// Binary logarithm of the entries of both rings of a subfunction's interface: there are thousands of them.
    package var logSubfunctionRing = 6
    /// Largest IP packet, in bytes.
    package var mtu = 1500
    /// Bytes of a receive buffer, a power of two up to 16,384; zero chooses by the MTU.
    package var receiveBufferByteCount = 0
    /// Completions handled in one poll.
    package var pollBudget = 64
    /// Whether received checksums are verified as the network stack does.
    package var verifiesChecksums = true
    /// Whether the device's health counter is watched; a run with this on never becomes idle.
    package var watchesHealth = false
    /// How often a command's ownership bit is read while there are no events.
    package var commandPollInterval = SimDuration.microseconds(1)
    /// When a command that was not answered is given up.
    package var commandTimeout = SimDuration.milliseconds(60_000)

    package init() {}
}
