/// An offload that `ethtool -K` switches, under ethtool's names.
package enum NetdevFeature: String, CaseIterable, Sendable {
    case receiveChecksumming = "rx-checksumming"
    case transmitChecksumming = "tx-checksumming"
    case scatterGather = "scatter-gather"
    case tcpSegmentation = "tcp-segmentation-offload"
    case udpSegmentation = "tx-udp-segmentation"
    case genericSegmentation = "generic-segmentation-offload"
    case genericReceive = "generic-receive-offload"
    case receiveVLAN = "rx-vlan-offload"
    case transmitVLAN = "tx-vlan-offload"
    case receiveVLANFilter = "rx-vlan-filter"
    case receiveHashing = "receive-hashing"

    /// The short name ethtool also takes; `nil` where there is none.
    package var shortName: String? {
        switch self {
        case .receiveChecksumming: "rx"
        case .transmitChecksumming: "tx"
        case .scatterGather: "sg"
        case .tcpSegmentation: "tso"
        case .genericSegmentation: "gso"
        case .genericReceive: "gro"
        case .receiveVLAN: "rxvlan"
        case .transmitVLAN: "txvlan"
        case .receiveHashing: "rxhash"
        case .udpSegmentation, .receiveVLANFilter: nil
        }
    }

    /// The feature called `name`, long or short.
    package init?(named name: String) {
        guard let feature = Self.allCases.first(where: { $0.rawValue == name || $0.shortName == name }) else {
            return nil
        }
        self = feature
    }

    /// Every name that is accepted.
    package static var names: [String] { allCases.flatMap { [$0.rawValue] + ($0.shortName.map { [$0] } ?? []) } }
}
