/// A kind of traffic whose hash fields `ethtool -N DEV rx-flow-hash` sets.
package enum FlowHashType: String, CaseIterable, Sendable { case tcp4, udp4, tcp6, udp6 }

/// Which fields the receive hash of a kind of traffic covers: ethtool's letters.
package struct FlowHashFields: OptionSet, Sendable, Equatable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }
    /// `s`: source address.
    package static let sourceAddress = FlowHashFields(rawValue: 1)
    /// `d`: destination address.
    package static let destinationAddress = FlowHashFields(rawValue: 2)
    /// `f`: the first two bytes of the transport header, the source port.
    package static let sourcePort = FlowHashFields(rawValue: 4)
    /// `n`: the next two, the destination port.
    package static let destinationPort = FlowHashFields(rawValue: 8)

    package static let addresses: FlowHashFields = [.sourceAddress, .destinationAddress]
    package static let addressesAndPorts: FlowHashFields = [
        .sourceAddress, .destinationAddress, .sourcePort, .destinationPort,
    ]

    /// The fields that `letters` name; `nil` when one is none of s, d, f, n.
    package init?(letters: String) {
        var fields: FlowHashFields = []
        for letter in letters {
            switch letter {
            case "s": fields.insert(.sourceAddress)
            case "d": fields.insert(.destinationAddress)
            case "f": fields.insert(.sourcePort)
            case "n": fields.insert(.destinationPort)
            default: return nil
            }
        }
        self = fields
    }
}
