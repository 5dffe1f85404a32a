package import Wire

/// Frames and octets of one vport (`QUERY_VPORT_COUNTER`, native interface, section 6.10).
package struct VPortCounters: Sendable, BitwiseCopyable {
    /// A pair as the reply has it.
    package struct Pair: Sendable, BitwiseCopyable {
        package var frames: UInt64 = 0
        package var octets: UInt64 = 0
        package init() {}

        /// Counts one frame.
        @inline(__always) package mutating func add(_ byteCount: Int) {
            frames &+= 1
            octets &+= UInt64(byteCount)
        }
    }

    package var receivedErrors = Pair()
    package var transmitErrors = Pair()
    package var receivedBroadcast = Pair()
    package var transmittedBroadcast = Pair()
    package var receivedUnicast = Pair()
    package var transmittedUnicast = Pair()
    package var receivedMulticast = Pair()
    package var transmittedMulticast = Pair()
    // What QUERY_VNIC_ENV adds.
    package var steeringDiscards: UInt64 = 0
    package var receiveDiscardsDown: UInt64 = 0
    package var transmitDiscardsDown: UInt64 = 0
    package var completionQueueOverruns: UInt32 = 0
    package var asyncEventQueueOverruns: UInt32 = 0
    package var completionEventQueueOverruns: UInt32 = 0
    package var queuesInError: UInt32 = 0

    package init() {}

    /// Writes the reply of `QUERY_VPORT_COUNTER`; `record` is the whole output.
    package func encode(into record: inout Record) {
        func put(_ pair: Pair, _ offset: Int) {
            record.set64(offset, pair.frames)
            record.set64(offset + 8, pair.octets)
        }
        put(receivedErrors, QueryVportCounter.receivedErrors)
        put(transmitErrors, QueryVportCounter.transmitErrors)
        put(receivedBroadcast, QueryVportCounter.receivedEthBroadcast)
        put(transmittedBroadcast, QueryVportCounter.transmittedEthBroadcast)
        put(receivedUnicast, QueryVportCounter.receivedEthUnicast)
        put(transmittedUnicast, QueryVportCounter.transmittedEthUnicast)
        put(receivedMulticast, QueryVportCounter.receivedEthMulticast)
        put(transmittedMulticast, QueryVportCounter.transmittedEthMulticast)
    }

    /// Counts a frame that came from the switch for `destination`.
    mutating func countReceived(_ destination: MACAddress, _ byteCount: Int) {
        if destination.isBroadcast {
            receivedBroadcast.add(byteCount)
        } else if destination.isMulticast {
            receivedMulticast.add(byteCount)
        } else {
            receivedUnicast.add(byteCount)
        }
    }

    /// Counts a frame that went to the switch for `destination`.
    mutating func countTransmitted(_ destination: MACAddress, _ byteCount: Int) {
        if destination.isBroadcast {
            transmittedBroadcast.add(byteCount)
        } else if destination.isMulticast {
            transmittedMulticast.add(byteCount)
        } else {
            transmittedUnicast.add(byteCount)
        }
    }
}
