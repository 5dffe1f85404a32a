package import Wire

/// A transport interface send: what its send queues share (`tisc`, native interface, section 6.3).
package struct TransportInterfaceSend: Sendable, BitwiseCopyable {
    /// User priority in bits 3 to 1; bit 0 is reserved.
    package var priority: UInt32
    package var portAffinity: UInt32
    package let isTLS: Bool
    package let transportDomain: Int
    package let underlayQueue: UInt32
    package let protectionDomain: Int

    package init(decoding context: Record, at offset: Int, pages: [UInt64] = []) {
        priority = context.get(TISContext.prio, at: offset)
        portAffinity = context.get(TISContext.lagTxPortAffinity, at: offset)
        isTLS = context.get(TISContext.tlsEn, at: offset) != 0
        transportDomain = Int(context.get(TISContext.transportDomain, at: offset))
        underlayQueue = context.get(TISContext.underlayQpn, at: offset)
        protectionDomain = Int(context.get(TISContext.pd, at: offset))
    }

    /// Writes the context as `QUERY_TIS` replies it.
    package func encode(into context: inout Record, at offset: Int) {
        context.set(TISContext.prio, priority, at: offset)
        context.set(TISContext.lagTxPortAffinity, portAffinity, at: offset)
        context.set(TISContext.tlsEn, isTLS ? 1 : 0, at: offset)
        context.set(TISContext.transportDomain, UInt32(transportDomain), at: offset)
        context.set(TISContext.underlayQpn, underlayQueue, at: offset)
        context.set(TISContext.pd, UInt32(protectionDomain), at: offset)
    }
}
