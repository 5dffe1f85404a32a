import Wire

/// Control commands: what is typed becomes a program of steps.
extension Netdev {
    /// The steps of one action.
    func steps(for action: ControlCommand.Action) -> [ControlStep] {
        switch action {
        case .setAdministrativeState(let up): [.interface(up ? .open : .close)]
        case .setMTU: [.interface(.suspend), .interface(.apply(action))] + mtuProgram() + [.interface(.resume)]
        case .setAddress:
            [
                .interface(.apply(action)), .netdev(.modifyVportAddress), .netdev(.deleteEntry(.unicast)),
                .interface(.refreshReceiveMode),
            ]
        case .setPromiscuous, .setAllMulticast: [.interface(.apply(action)), .interface(.refreshReceiveMode)]
        case .setChannels, .setRings: [.interface(.suspend), .interface(.apply(action)), .interface(.resume)]
        case .setFeature(.receiveVLANFilter, let on):
            [.interface(.apply(action))] + vlanFilterSteps(on: on)
        case .setFeature: [.interface(.suspend), .interface(.apply(action)), .interface(.resume)]
        case .setCoalescing: [.interface(.apply(action)), .interface(.refreshModeration)]
        case .setIndirection: [.interface(.apply(action)), .interface(.refreshIndirection)]
        case .setHashKey, .setFlowHash:
            [.interface(.apply(action))] + (0..<10).map { .netdev(.modifyTIRHash($0)) }
        case .setPause: [.netdev(.readRegister(.pfcc)), .interface(.apply(action)), .netdev(.writePFCC)]
        case .showLink(let statistics):
            (statistics ? statisticsProgram() : []) + [
                .query(.vportState), .interface(.report(statistics ? .linkStatistics : .linkShow)),
            ]
        case .show(let query): steps(for: query)
        case .showFlowHash(let type): [.interface(.report(.flowHash(type)))]
        case .reset, .system, .setVirtualFunctionCount, .setVirtualFunction: []
        }
    }

    private func steps(for query: ControlCommand.Query) -> [ControlStep] {
        switch query {
        case .settings:
            [.netdev(.readRegister(.ptys)), .query(.vportState), .interface(.report(.settings))]
        case .driver: [.interface(.report(.driverInformation))]
        case .statistics: statisticsProgram() + [.interface(.report(.statistics))]
        case .features: [.interface(.report(.features))]
        case .rings: [.interface(.report(.rings))]
        case .channels: [.interface(.report(.channels))]
        case .coalescing: [.interface(.report(.coalesce))]
        case .indirection: [.interface(.report(.indirection))]
        case .pause: [.netdev(.readRegister(.pfcc)), .interface(.report(.pause))]
        }
    }

    private func vlanFilterSteps(on: Bool) -> [ControlStep] {
        on
            ? [.netdev(.deleteEntry(.anyCustomerTag)), .netdev(.deleteEntry(.anyServiceTag))]
            : [.netdev(.setEntry(.anyCustomerTag)), .netdev(.setEntry(.anyServiceTag))]
    }

    // MARK: Local steps

    /// Tries a setting on a copy of the driver's state.
    mutating func check(_ action: ControlCommand.Action) throws(DriverError) {
        if !isReady, !action.isReport { throw DriverError("\(name): the device is not ready") }
        let saved = settings
        defer { settings = saved }
        try apply(action)
    }

    /// Puts what a setting says into effect in the driver's own state; the steps that follow tell the core.
    mutating func apply(_ action: ControlCommand.Action) throws(DriverError) {
        switch action {
        case .setMTU(let mtu): try applyMTU(mtu)
        case .setAddress(let address):
            guard !address.isMulticast else { throw DriverError("\(name): a multicast address cannot be assigned") }
            settings.address = address
        case .setPromiscuous(let on): settings.isPromiscuous = on
        case .setAllMulticast(let on): settings.acceptsAllMulticast = on
        case .setChannels(let count): try applyChannels(count)
        case .setRings(let receive, let transmit): try applyRings(receive: receive, transmit: transmit)
        case .setFeature(let feature, let on): try apply(feature, on: on)
        case .setCoalescing(let change): try apply(change)
        case .setIndirection(let indirection): try apply(indirection)
        case .setHashKey(let key):
            guard key.count == ReceiveSideScaling.keyByteCount else {
                throw DriverError("\(name): a hash key has 40 bytes, not \(key.count)")
            }
            settings.rss.key = key
        case .setFlowHash(let type, let fields): apply(type, fields)
        case .setPause(let receive, let transmit):
            settings.pausesReceive = receive ?? settings.pausesReceive
            settings.pausesTransmit = transmit ?? settings.pausesTransmit
        case .setAdministrativeState, .showLink, .show, .showFlowHash, .reset, .system, .setVirtualFunctionCount,
            .setVirtualFunction:
            break
        }
    }

    private mutating func applyMTU(_ mtu: Int) throws(DriverError) {
        // Who may not ask the port is told by it when a frame is too long.
        let largest = (settings.maximumMTU == 0 ? 9_978 : Int(settings.maximumMTU)) - Self.mtuOverhead
        guard mtu >= 68, mtu <= largest else {
            throw DriverError("\(name): Invalid MTU \(mtu), 68 to \(largest) are possible")
        }
        settings.mtu = mtu
    }

    private mutating func applyChannels(_ count: Int) throws(DriverError) {
        guard count > 0, count <= settings.maximumChannelCount else {
            throw DriverError("\(name): \(count) channels asked for, at most \(settings.maximumChannelCount) are there")
        }
        settings.channelCount = count
        settings.rss.spread(over: count)
    }

    private mutating func applyRings(receive: Int?, transmit: Int?) throws(DriverError) {
        if let receive { settings.logReceiveRing = try Self.logRingSize(receive) }
        if let transmit { settings.logTransmitRing = try Self.logRingSize(transmit) }
    }

    private static func logRingSize(_ count: Int) throws(DriverError) -> Int {
        guard (64...8192).contains(count) else {
            throw DriverError("rings of \(count) entries are not offered, only 64 to 8192")
        }
        return Int.bitWidth - (count - 1).leadingZeroBitCount
    }

    private mutating func apply(_ feature: NetdevFeature, on: Bool) throws(DriverError) {
        switch feature {
        case .receiveChecksumming: settings.features.receiveChecksum = on
        case .transmitChecksumming: settings.features.transmitChecksum = on
        case .tcpSegmentation: settings.features.tcpSegmentation = on
        case .udpSegmentation, .genericSegmentation: settings.features.genericSegmentation = on
        case .receiveVLAN: settings.features.receiveVLAN = on
        case .transmitVLAN: settings.features.transmitVLAN = on
        case .receiveHashing: settings.features.receiveHash = on
        case .receiveVLANFilter: settings.features.vlanFilter = on
        case .scatterGather where on: break
        case .genericReceive where !on: break
        case .scatterGather, .genericReceive:
            throw DriverError("Cannot change \(feature.rawValue)")
        }
    }

    private mutating func apply(_ change: ControlCommand.CoalescingChange) throws(DriverError) {
        let (periods, frames) = (
            [change.receiveMicroseconds, change.transmitMicroseconds], [change.receiveFrames, change.transmitFrames]
        )
        // Widths of the fields of a completion queue's context (section 6.1).
        guard periods.allSatisfy({ (0..<1 << 12).contains($0 ?? 0) }),
            frames.allSatisfy({ (0..<1 << 16).contains($0 ?? 0) })
        else { throw DriverError("\(name): moderation takes at most 4095 microseconds and 65535 frames") }
        func merged(_ new: Int?, _ old: UInt32) -> UInt32 { new.map { UInt32($0) } ?? old }
        let old = settings.coalescing
        settings.coalescing.receiveMicroseconds = merged(change.receiveMicroseconds, old.receiveMicroseconds)
        settings.coalescing.receiveFrames = merged(change.receiveFrames, old.receiveFrames)
        settings.coalescing.transmitMicroseconds = merged(change.transmitMicroseconds, old.transmitMicroseconds)
        settings.coalescing.transmitFrames = merged(change.transmitFrames, old.transmitFrames)
    }

    private mutating func apply(_ indirection: ControlCommand.Indirection) throws(DriverError) {
        switch indirection {
        case .standard: settings.rss.spread(over: settings.channelCount)
        case .equal(let count):
            guard count > 0, count <= settings.channelCount else {
                throw DriverError("\(name): \(count) queues asked for, \(settings.channelCount) are there")
            }
            settings.rss.spread(over: count)
            settings.rss.isUserSet = true
        case .weights(let weights):
            guard weights.count <= settings.channelCount else {
                throw DriverError("\(name): \(weights.count) weights for \(settings.channelCount) queues")
            }
            guard weights.allSatisfy({ (0..<1 << 16).contains($0) }), weights.contains(where: { $0 > 0 }) else {
                throw DriverError("\(name): weights are 0 to 65535, and not all zero")
            }
            let sum = weights.reduce(0, +)
            var entry = 0
            var share = 0
            for (queue, weight) in weights.enumerated() {
                share += weight
                let end = share * ReceiveSideScaling.tableSize / sum
                while entry < end {
                    settings.rss.table[entry] = UInt8(queue)
                    entry += 1
                }
            }
            settings.rss.isUserSet = true
        }
    }

    private mutating func apply(_ type: FlowHashType, _ letters: FlowHashFields) {
        var fields: HashFields = []
        if letters.contains(.sourceAddress) { fields.insert(.sourceIP) }
        if letters.contains(.destinationAddress) { fields.insert(.destinationIP) }
        if letters.contains(.sourcePort) { fields.insert(.l4SourcePort) }
        if letters.contains(.destinationPort) { fields.insert(.l4DestinationPort) }
        settings.rss.fields[Self.trafficIndex(of: type)] = fields
    }

    /// Position of `type` among the ten kinds of traffic.
    static func trafficIndex(of type: FlowHashType) -> Int {
        switch type {
        case .tcp4: 0
        case .tcp6: 1
        case .udp4: 2
        case .udp6: 3
        }
    }

    /// The steps after the receive mode or the address has changed; none while the interface is down.
    func receiveModeRefresh() -> [ControlStep] {
        guard settings.isOpen else { return [] }
        // The entry that is right stays: without it frames would be lost meanwhile.
        let hasUnicast = objectIndex(of: SteeringPlace(.unicast, address: settings.address)) != nil
        var steps: [ControlStep] = hasUnicast ? [] : [.netdev(.setEntry(.unicast))]
        steps += [.netdev(.setL2Entry), .netdev(.modifyVportLists)]
        let place = SteeringPlace(.allMulticast, address: settings.address)
        let hasAllMulticast = objectIndex(of: place) != nil
        if settings.acceptsAllMulticast, !hasAllMulticast { steps.append(.netdev(.setEntry(.allMulticast))) }
        if !settings.acceptsAllMulticast, hasAllMulticast { steps.append(.netdev(.deleteEntry(.allMulticast))) }
        let isPromiscuous = settings.tables[SteeringTable.promiscuous.rawValue] != nil
        if settings.isPromiscuous, !isPromiscuous { steps += promiscuousProgram() }
        if !settings.isPromiscuous, isPromiscuous { steps += [.netdev(.setRoot(.vlan)), .destroyAll(.promiscuous)] }
        return steps + [.netdev(.modifyVportPromiscuous)]
    }

    /// The steps after moderation has changed; none while the interface is down.
    func moderationRefresh() -> [ControlStep] {
        guard settings.isOpen else { return [] }
        return (0..<settings.channelCount).flatMap { channel -> [ControlStep] in
            [.channel(.modifyCQ(.receive), channel), .channel(.modifyCQ(.send), channel)]
        }
    }
}
