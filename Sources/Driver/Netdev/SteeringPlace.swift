import Wire

/// Where a rule stands, and what it compares.
struct SteeringPlace {
    var table: SteeringTable
    var group: Int
    var index: UInt32
    var value: [(BitField, UInt32)]
    /// Next table; `nil` for a TIR.
    var next: SteeringTable?

    init(_ rule: SteeringRule, address: MACAddress) {
        switch rule {
        case .promiscuous: self.init(.promiscuous, 0, 0, [], next: .ttc)
        case .untagged: self.init(.vlan, 2, 8192, [(MatchLayer24.cvlanTag, 0)], next: .l2)
        case .anyCustomerTag: self.init(.vlan, 2, 8193, [(MatchLayer24.cvlanTag, 1)], next: .l2)
        case .anyServiceTag: self.init(.vlan, 3, 8194, [(MatchLayer24.svlanTag, 1)], next: .l2)
        case .vlan(let number):
            let value = [(MatchLayer24.cvlanTag, 1), (MatchLayer24.firstVid, UInt32(number))]
            self.init(.vlan, 0, UInt32(number), value, next: .l2)
        case .broadcast: self.init(.l2, 0, 0, Self.match(.broadcast), next: .ttc)
        case .unicast: self.init(.l2, 0, 1, Self.match(address), next: .ttc)
        case .allMulticast: self.init(.l2, 1, 32_768, [(MatchLayer24.dmac47_16, 0x0100_0000)], next: .ttc)
        case .traffic(let number):
            guard number < 10 else {
                self.init(.ttc, 2, 10, [], next: nil)
                return
            }
            let type = TrafficType.all[number]
            var value: [(BitField, UInt32)] = [(MatchLayer24.ethertype, type.isIPv6 ? 0x86dd : 0x0800)]
            if type.ipProtocol != 0 { value.append((MatchLayer24.ipProtocol, type.ipProtocol)) }
            self.init(.ttc, number < 8 ? 0 : 1, UInt32(number), value, next: nil)
        }
    }

    private init(
        _ table: SteeringTable, _ group: Int, _ index: UInt32, _ value: [(BitField, UInt32)], next: SteeringTable?
    ) {
        self.table = table
        self.group = group
        self.index = index
        self.value = value
        self.next = next
    }

    private static func match(_ address: MACAddress) -> [(BitField, UInt32)] {
        [
            (MatchLayer24.dmac47_16, UInt32(truncatingIfNeeded: address.rawValue >> 16)),
            (MatchLayer24.dmac15_0, UInt32(address.rawValue & 0xffff)),
        ]
    }
}
