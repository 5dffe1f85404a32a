package import Simulation
import Wire

/// Everything about a NIC that a device model states: what it is, how large, how fast.
package struct NICParameters: Sendable {
    // MARK: Parts with parameters of their own

    /// What configuration space says.
    package var identity = PCIIdentity()
    /// What the firmware of every function is.
    package var firmware = FirmwareParameters()
    /// The link to the host.
    package var pcie = PCIeParameters()
    package var systemImageIdentifier: UInt64 = 0x0200_0000_0000_0001

    // MARK: Functions and ports

    /// The physical functions, by number.
    package var functions = [FunctionDescription(port: PortID(0), macAddress: MACAddress(2, 0, 0, 0, 0, 1))]
    /// How many other functions there can be.
    package var capacity = FunctionCapacity()
    /// Line rate of each port, in Mb/s.
    package var portSpeeds: [UInt64] = [100_000]
    /// Longest frame, in bytes with FCS (register PMTU).
    package var maximumMTU: UInt32 = 9978
    /// MTU after reset, in bytes with FCS.
    package var defaultMTU: UInt32 = 1522

    // MARK: Limits

    /// Largest send entry, in bytes (capability `max_wqe_sz_sq`).
    package var longestSendEntry = 1024
    /// Largest receive entry, in bytes (capability `max_wqe_sz_rq`).
    package var longestReceiveEntry = 512
    /// Largest segmentation offload, as a power of two of bytes (capability `max_lso_cap`).
    package var logLongestSegmentation = 18
    /// The reserved memory key (QUERY_SPECIAL_CONTEXTS).
    package var reservedKey: UInt32 = 0x0000_ff00
    /// Most flow tables one frame passes.
    package var deepestSteering = 64
    /// Receive buffer of each port, in bytes.
    package var receiveBufferByteCount = 512 * 1024
    /// Buffer of frames on their way from one function to another, in bytes.
    package var loopbackBufferByteCount = 512 * 1024
    /// Send buffer of each port, in bytes: what its queues may have between their memory and the wire.
    package var sendBufferByteCount = 256 * 1024

    // MARK: Time

    /// Entries a send queue's engine reads at once, at most.
    package var sendFetchEntryCount = 16
    /// Reads of send entries under way at one time, of all queues, and of one queue.
    package var sendFetchLimit = 8
    package var sendFetchLimitOfQueue = 4
    /// Bytes of frames that may be on their way from a host's memory at one time, by the link to it: what keeps the
    /// link busy, and no more, as whoever asks for little waits behind them.
    package var sendWindowByteCount = 32 * 1024
    /// Entries a receive queue's engine reads at once, at most.
    package var receiveFetchEntryCount = 32
    /// A receive queue's engine reads more entries when it has fewer than this, those that are on their way included.
    package var receiveFetchThreshold = 128
    /// Reads of entries of one receive queue under way at one time.
    package var receiveFetchLimitOfQueue = 4
    /// From a doorbell's arrival to the read of the doorbell record.
    package var doorbellLatency = SimDuration.nanoseconds(20)
    /// From entries' arrival to the first one's decoding.
    package var sendDecodeLatency = SimDuration.nanoseconds(20)
    /// Between two send entries' decoding.
    package var sendDecodeInterval = SimDuration.nanoseconds(5)
    /// From a frame's last byte from memory to the switch: offloads.
    package var sendPipelineLatency = SimDuration.nanoseconds(50)
    /// Between two frames in the send pipeline.
    package var sendPipelineInterval = SimDuration.nanoseconds(5)
    /// Through the switch.
    package var switchLatency = SimDuration.nanoseconds(30)
    /// From a frame's last bit to the port's MAC delivering it.
    package var portReceiveLatency = SimDuration.nanoseconds(60)
    /// From the MAC taking a frame to its first bit.
    package var portTransmitLatency = SimDuration.nanoseconds(60)
    /// From the switch to the choice of a receive queue: parser, flow tables, hash.
    package var receivePipelineLatency = SimDuration.nanoseconds(60)
    /// Between two frames in the receive pipeline.
    package var receivePipelineInterval = SimDuration.nanoseconds(5)
    /// For every flow table after the first.
    package var flowTableLatency = SimDuration.nanoseconds(10)
    /// From a completion to the decision to raise an event.
    package var completionLatency = SimDuration.nanoseconds(10)
    /// From an event entry to the interrupt message.
    package var interruptLatency = SimDuration.nanoseconds(20)

    /// What a completion's timestamp says at `time`: the free-running clock counts nanoseconds.
    package func timestamp(at time: SimTime) -> UInt64 { time.picoseconds / 1000 }

    package init() {}

    /// A 100 Gb/s NIC with one port and one function.
    package static let `default` = NICParameters()
}
