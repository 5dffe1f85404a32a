/// Programs of the interface: sections 3.3, 3.4 and 3.5 as lists of steps.
extension Netdev {
    /// Section 3.3.
    func probeProgram(isManaged: Bool) -> [ControlStep] {
        var steps: [ControlStep] = [.netdev(.allocPD), .netdev(.allocTransportDomain), .netdev(.createMKey)]
        steps += (0..<8).map { .netdev(.createTIS($0)) }
        steps += [
            .netdev(.queryVport)
        ]
        if isManaged { steps.append(.interface(.keepAddress)) }
        steps += [
            .netdev(.queryPMTU),
            .netdev(.allocQCounter(drop: false)), .netdev(.allocQCounter(drop: true)),
            .core(.createEQ(.completion(0))),
            .netdev(.createDropCQ), .netdev(.createDropRQ), .netdev(.readyDropRQ),
            .netdev(.createIndirectRQT),
        ]
        steps += (0..<10).map { .netdev(.createIndirectTIR($0)) }
        for channel in 0..<settings.maximumChannelCount {
            steps += [.netdev(.createDirectRQT(channel)), .netdev(.createDirectTIR(channel))]
        }
        for table in [SteeringTable.ttc, .l2, .vlan] {
            steps.append(.netdev(.createTable(table)))
            steps += (0..<table.groups.count).map { .netdev(.createGroup(table, $0)) }
            if table == .ttc { steps += (0...10).map { .netdev(.setEntry(.traffic($0))) } }
        }
        steps += [.netdev(.setEntry(.untagged)), .netdev(.setEntry(.vlan(0)))]
        if !settings.features.vlanFilter {
            steps += [.netdev(.setEntry(.anyCustomerTag)), .netdev(.setEntry(.anyServiceTag))]
        }
        return steps + [.netdev(.setRoot(.vlan)), .netdev(.portAdmin(up: false))] + mtuProgram()
    }

    /// Tells port and vport the MTU.
    func mtuProgram() -> [ControlStep] {
        [.netdev(.writePMTU), .netdev(.queryPMTU), .netdev(.modifyVportMTU)]
    }

    /// Section 3.4.
    func openProgram() -> [ControlStep] {
        var steps: [ControlStep] = (0..<settings.channelCount).map { .core(.createEQ(.completion($0))) }
        steps.append(.interface(.allocateChannels))
        for channel in 0..<settings.channelCount {
            for queue in [ChannelQueue.control, .send, .receive] { steps.append(.channel(.createCQ(queue), channel)) }
            for queue in [ChannelQueue.control, .send] {
                steps += [.channel(.createSQ(queue), channel), .channel(.readySQ(queue), channel)]
            }
            steps += [.channel(.createRQ, channel), .channel(.readyRQ, channel)]
        }
        steps.append(.interface(.activateChannels))
        steps += (0..<10 + settings.maximumChannelCount).map { .netdev(.refreshTIR($0)) }
        steps.append(.netdev(.modifyIndirectRQT(open: true)))
        steps += (0..<settings.channelCount).map { .netdev(.modifyDirectRQT($0, open: true)) }
        steps += [.netdev(.portAdmin(up: true)), .netdev(.queryVportState), .interface(.applyLinkState)]
        return steps + receiveModeProgram() + [.interface(.finishOpening)]
    }

    /// The rules and vport settings of the receive mode.
    func receiveModeProgram() -> [ControlStep] {
        var steps: [ControlStep] = [.netdev(.setEntry(.broadcast)), .netdev(.setEntry(.unicast))]
        if settings.acceptsAllMulticast { steps.append(.netdev(.setEntry(.allMulticast))) }
        steps += [.netdev(.setL2Entry), .netdev(.modifyVportLists), .netdev(.modifyVportMulticast)]
        if settings.isPromiscuous { steps += promiscuousProgram() }
        return steps + [.netdev(.modifyVportPromiscuous)]
    }

    /// Puts the table that accepts everything in front of the others.
    func promiscuousProgram() -> [ControlStep] {
        [
            .netdev(.createTable(.promiscuous)), .netdev(.createGroup(.promiscuous, 0)),
            .netdev(.setEntry(.promiscuous)), .netdev(.setRoot(.promiscuous)),
        ]
    }

    /// Section 3.5, first half.
    func closeProgram() -> [ControlStep] {
        var steps: [ControlStep] = [.netdev(.portAdmin(up: false)), .netdev(.modifyIndirectRQT(open: false))]
        steps += (0..<settings.channelCount).map { .netdev(.modifyDirectRQT($0, open: false)) }
        if settings.tables[SteeringTable.promiscuous.rawValue] != nil { steps.append(.netdev(.setRoot(.vlan))) }
        steps += [.destroyAll(.promiscuous), .destroyAll(.rules), .interface(.deactivateChannels)]
        for channel in 0..<channelCount {
            steps += [.channel(.errorRQ, channel), .channel(.errorSQ(.send), channel)]
        }
        return steps + [.destroyAll(.channels), .interface(.freeChannels)]
    }
}
