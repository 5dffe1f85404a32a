import Wire

extension SteeringTable {
    /// A range of entries that share a mask.
    struct Group {
        var entries: ClosedRange<UInt32>
        /// Fields that are compared, with their masks.
        var mask: [(BitField, UInt32)]
    }

    var level: UInt32 {
        switch self {
        case .promiscuous: 11
        case .vlan: 12
        case .l2: 13
        case .ttc: 14
        }
    }

    var logSize: UInt32 {
        switch self {
        case .promiscuous: 0
        case .vlan, .l2: 16
        case .ttc: 7
        }
    }

    var groups: [Group] {
        switch self {
        case .promiscuous: [Group(entries: 0...0, mask: [])]
        case .vlan:
            [
                Group(entries: 0...4095, mask: [(MatchLayer24.cvlanTag, 1), (MatchLayer24.firstVid, 0xfff)]),
                Group(entries: 4096...8191, mask: [(MatchLayer24.svlanTag, 1), (MatchLayer24.firstVid, 0xfff)]),
                Group(entries: 8192...8193, mask: [(MatchLayer24.cvlanTag, 1)]),
                Group(entries: 8194...8194, mask: [(MatchLayer24.svlanTag, 1)]),
            ]
        case .l2:
            [
                Group(
                    entries: 0...32_767, mask: [(MatchLayer24.dmac47_16, .max), (MatchLayer24.dmac15_0, 0xffff)]),
                Group(entries: 32_768...32_768, mask: [(MatchLayer24.dmac47_16, 0x0100_0000)]),
            ]
        case .ttc:
            [
                Group(entries: 0...7, mask: [(MatchLayer24.ipProtocol, 0xff), (MatchLayer24.ethertype, 0xffff)]),
                Group(entries: 8...9, mask: [(MatchLayer24.ethertype, 0xffff)]),
                Group(entries: 10...10, mask: []),
            ]
        }
    }
}
