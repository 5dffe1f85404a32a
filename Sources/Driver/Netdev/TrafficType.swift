import Wire

/// The ten kinds of traffic with an indirect TIR each, and what steers to them.
struct TrafficType {
    var isIPv6: Bool
    /// Next protocol; zero for any.
    var ipProtocol: UInt32

    static let all: [TrafficType] = [6, 17, 51, 50, 0].flatMap { (number: UInt32) in
        [TrafficType(isIPv6: false, ipProtocol: number), TrafficType(isIPv6: true, ipProtocol: number)]
    }

    var defaultFields: HashFields {
        switch ipProtocol {
        case 6, 17: [.sourceIP, .destinationIP, .l4SourcePort, .l4DestinationPort]
        case 50, 51: [.sourceIP, .destinationIP, .ipsecSPI]
        default: [.sourceIP, .destinationIP]
        }
    }
}
