import Host
import Simulation
import Wire

/// Programs of the interface: sections 3.3, 3.4 and 3.5 as lists of steps.
extension FunctionDriver {
    /// Section 3.3.
    func netdevProgram() -> [ControlStep] {
        var steps: [ControlStep] = [.netdev(.allocPD), .netdev(.allocTransportDomain), .netdev(.createMKey)]
        steps += (0..<8).map { .netdev(.createTIS($0)) }
        steps += [
            .netdev(.queryVport), .netdev(.queryPMTU),
            .netdev(.allocQCounter(drop: false)), .netdev(.allocQCounter(drop: true)),
            .core(.createEQ(.completion(0))),
            .netdev(.createDropCQ), .netdev(.createDropRQ), .netdev(.readyDropRQ),
            .netdev(.createIndirectRQT),
        ]
        steps += (0..<10).map { .netdev(.createIndirectTIR($0)) }
        for channel in 0..<netdev.maximumChannelCount {
            steps += [.netdev(.createDirectRQT(channel)), .netdev(.createDirectTIR(channel))]
        }
        for table in [SteeringTable.ttc, .l2, .vlan] {
            steps.append(.netdev(.createTable(table)))
            steps += (0..<table.groups.count).map { .netdev(.createGroup(table, $0)) }
            if table == .ttc { steps += (0...10).map { .netdev(.setEntry(.traffic($0))) } }
        }
        steps += [.netdev(.setEntry(.untagged)), .netdev(.setEntry(.vlan(0)))]
        if !netdev.features.vlanFilter {
            steps += [.netdev(.setEntry(.anyCustomerTag)), .netdev(.setEntry(.anyServiceTag))]
        }
        return steps + [.core(.setRoot(.vlan)), .netdev(.portAdmin(up: false))] + mtuProgram()
    }

    /// Tells port and vport the MTU.
    func mtuProgram() -> [ControlStep] {
        [.netdev(.writePMTU), .netdev(.queryPMTU), .netdev(.modifyVportMTU)]
    }

    /// Section 3.4.
    func openProgram() -> [ControlStep] {
        var steps: [ControlStep] = (0..<netdev.channelCount).map { .core(.createEQ(.completion($0))) }
        steps.append(.local(.allocateChannels))
        for channel in 0..<netdev.channelCount {
            for queue in [ChannelQueue.control, .send, .receive] { steps.append(.channel(.createCQ(queue), channel)) }
            for queue in [ChannelQueue.control, .send] {
                steps += [.channel(.createSQ(queue), channel), .channel(.readySQ(queue), channel)]
            }
            steps += [.channel(.createRQ, channel), .channel(.readyRQ, channel)]
        }
        steps.append(.local(.activateChannels))
        steps += (0..<10 + netdev.maximumChannelCount).map { .netdev(.refreshTIR($0)) }
        steps.append(.netdev(.modifyIndirectRQT(open: true)))
        steps += (0..<netdev.channelCount).map { .netdev(.modifyDirectRQT($0, open: true)) }
        steps += [.netdev(.portAdmin(up: true)), .netdev(.queryVportState), .local(.applyLinkState)]
        return steps + receiveModeProgram() + [.local(.finishOpening)]
    }

    /// The rules and vport settings of the receive mode.
    func receiveModeProgram() -> [ControlStep] {
        var steps: [ControlStep] = [.netdev(.setEntry(.broadcast)), .netdev(.setEntry(.unicast))]
        if netdev.acceptsAllMulticast { steps.append(.netdev(.setEntry(.allMulticast))) }
        steps += [.netdev(.setL2Entry), .netdev(.modifyVportLists)]
        if netdev.isPromiscuous { steps += promiscuousProgram() }
        return steps + [.netdev(.modifyVportPromiscuous)]
    }

    /// Puts the table that accepts everything in front of the others.
    func promiscuousProgram() -> [ControlStep] {
        [
            .netdev(.createTable(.promiscuous)), .netdev(.createGroup(.promiscuous, 0)),
            .netdev(.setEntry(.promiscuous)), .core(.setRoot(.promiscuous)),
        ]
    }

    /// Section 3.5, first half.
    func closeProgram() -> [ControlStep] {
        var steps: [ControlStep] = [.netdev(.portAdmin(up: false)), .netdev(.modifyIndirectRQT(open: false))]
        steps += (0..<netdev.channelCount).map { .netdev(.modifyDirectRQT($0, open: false)) }
        if netdev.tables[SteeringTable.promiscuous.rawValue] != nil { steps.append(.core(.setRoot(.vlan))) }
        steps += [.destroyAll(.promiscuous), .destroyAll(.rules), .local(.deactivateChannels)]
        for channel in 0..<channelCount {
            steps += [.channel(.errorRQ, channel), .channel(.errorSQ(.send), channel)]
        }
        return steps + [.destroyAll(.channels), .local(.freeChannels)]
    }
}

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
