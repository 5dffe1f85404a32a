/// What runs on top of the interface.
package enum Application: Equatable, Sendable {
    /// Received packets are consumed.
    case sink
    /// Received packets are sent again without a copy: on the channel they came by, or on netdev `to` of the same host.
    case forward(to: String? = nil, swapsAddresses: Bool = false)
    /// Received packets are sent back: Ethernet, network and transport addresses are exchanged.
    case reflect
    /// Packets are made and sent; received ones are consumed.
    case generate(TrafficPattern)
}
