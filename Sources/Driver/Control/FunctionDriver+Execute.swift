package import Host
package import Simulation
import Wire

/// Control commands: what is typed becomes a program of steps.
extension FunctionDriver {
    /// Starts `command`; its end is reported in `results` with the ticket.
    ///
    /// Settings that a real driver cannot change on the fly close the interface's channels and open them again.
    package mutating func execute(
        _ command: ControlCommand, at now: SimTime, host: inout Host
    ) -> CommandTicket {
        if command.actions == [.reset] { return resetFunction(at: now, host: &host) }
        var program: [ControlStep] = command.actions.map { .local(.check($0)) }
        for action in command.actions { program += steps(for: action) }
        return submit(program, at: now, host: &host)
    }

    /// The steps of one action.
    private func steps(for action: ControlCommand.Action) -> [ControlStep] {
        switch action {
        case .setAdministrativeState(let up): [.local(up ? .open : .close)]
        case .setMTU: [.local(.suspend), .local(.apply(action))] + mtuProgram() + [.local(.resume)]
        case .setAddress:
            [
                .local(.apply(action)), .netdev(.modifyVportAddress), .netdev(.deleteEntry(.unicast)),
                .local(.refreshReceiveMode),
            ]
        case .setPromiscuous, .setAllMulticast: [.local(.apply(action)), .local(.refreshReceiveMode)]
        case .setChannels, .setRings: [.local(.suspend), .local(.apply(action)), .local(.resume)]
        case .setFeature(.receiveVLANFilter, let on):
            [.local(.apply(action))] + vlanFilterSteps(on: on)
        case .setFeature: [.local(.suspend), .local(.apply(action)), .local(.resume)]
        case .setCoalescing: [.local(.apply(action)), .local(.refreshModeration)]
        case .setIndirection: [.local(.apply(action)), .local(.refreshIndirection)]
        case .setHashKey, .setFlowHash:
            [.local(.apply(action))] + (0..<10).map { .netdev(.modifyTIRHash($0)) }
        case .setPause: [.netdev(.readRegister(.pfcc)), .local(.apply(action)), .netdev(.writePFCC)]
        case .showLink(let statistics):
            (statistics ? statisticsProgram() : []) + [
                .query(.vportState), .local(.report(statistics ? .linkStatistics : .linkShow)),
            ]
        case .show(let query): steps(for: query)
        case .showFlowHash(let type): [.local(.report(.flowHash(type)))]
        case .reset: []
        }
    }

    private func steps(for query: ControlCommand.Query) -> [ControlStep] {
        switch query {
        case .settings:
            [.netdev(.readRegister(.ptys)), .query(.vportState), .local(.report(.settings))]
        case .driver: [.local(.report(.driverInformation))]
        case .statistics: statisticsProgram() + [.local(.report(.statistics))]
        case .features: [.local(.report(.features))]
        case .rings: [.local(.report(.rings))]
        case .channels: [.local(.report(.channels))]
        case .coalescing: [.local(.report(.coalesce))]
        case .indirection: [.local(.report(.indirection))]
        case .pause: [.netdev(.readRegister(.pfcc)), .local(.report(.pause))]
        }
    }

    private func vlanFilterSteps(on: Bool) -> [ControlStep] {
        on
            ? [.netdev(.deleteEntry(.anyCustomerTag)), .netdev(.deleteEntry(.anyServiceTag))]
            : [.netdev(.setEntry(.anyCustomerTag)), .netdev(.setEntry(.anyServiceTag))]
    }

    /// A function-level reset: everything is given back, the function starts over, and the driver probes again; an
    /// interface that was up comes up again.
    private mutating func resetFunction(at now: SimTime, host: inout Host) -> CommandTicket {
        let ticket = CommandTicket(number: nextTicket)
        nextTicket += 1
        if !canRemove { abandonPrograms(at: now, host: &host) }
        let reset: [ControlStep] = [.local(.functionLevelReset), .wait(.milliseconds(100))]
        let leaving = canRemove ? removeProgram() + reset : forcedRemoval()
        var removal = ControlProgram(.remove, [.local(.noteReopening)] + leaving)
        removal.isForced = !canRemove
        run(removal, at: now, host: &host)
        run(ControlProgram(.probe, probeProgram() + [.local(.resumeAfterReset)], ticket: ticket), at: now, host: &host)
        return ticket
    }

    /// Whether the device still answers commands, so that it can be asked to let go of everything.
    var canRemove: Bool {
        if case .failed = state { return false }
        return commands != nil && commands?.isBroken == false
    }

    /// Ends every program that runs or waits: the device they talk to is about to be reset.
    mutating func abandonPrograms(at now: SimTime, host: inout Host) {
        let error = DriverError("\(name): the device is being reset")
        let all = [program].compactMap { $0 } + waitingPrograms
        program = nil
        step = nil
        awaitedTag = nil
        waitGeneration &+= 1
        waitingPrograms = []
        for abandoned in all {
            guard let ticket = abandoned.ticket else { continue }
            results.append(CommandResult(ticket: ticket, time: now, output: "", failure: error))
        }
    }

    // MARK: Local steps

    /// Tries a setting on a copy of the driver's state.
    mutating func check(_ action: ControlCommand.Action) throws(DriverError) {
        if state != .ready, !action.isReport { throw DriverError("\(name): the device is not ready") }
        let saved = netdev
        defer { netdev = saved }
        try apply(action)
    }

    /// Puts what a setting says into effect in the driver's own state; the steps that follow tell the device.
    mutating func apply(_ action: ControlCommand.Action) throws(DriverError) {
        switch action {
        case .setMTU(let mtu): try applyMTU(mtu)
        case .setAddress(let address):
            guard !address.isMulticast else { throw DriverError("\(name): a multicast address cannot be assigned") }
            netdev.address = address
        case .setPromiscuous(let on): netdev.isPromiscuous = on
        case .setAllMulticast(let on): netdev.acceptsAllMulticast = on
        case .setChannels(let count): try applyChannels(count)
        case .setRings(let receive, let transmit): try applyRings(receive: receive, transmit: transmit)
        case .setFeature(let feature, let on): try apply(feature, on: on)
        case .setCoalescing(let change): try apply(change)
        case .setIndirection(let indirection): try apply(indirection)
        case .setHashKey(let key):
            guard key.count == ReceiveSideScaling.keyByteCount else {
                throw DriverError("\(name): a hash key has 40 bytes, not \(key.count)")
            }
            netdev.rss.key = key
        case .setFlowHash(let type, let fields): apply(type, fields)
        case .setPause(let receive, let transmit):
            netdev.pausesReceive = receive ?? netdev.pausesReceive
            netdev.pausesTransmit = transmit ?? netdev.pausesTransmit
        case .setAdministrativeState, .showLink, .show, .showFlowHash, .reset: break
        }
    }

    private mutating func applyMTU(_ mtu: Int) throws(DriverError) {
        let largest = Int(netdev.maximumMTU) - Self.mtuOverhead
        guard mtu >= 68, mtu <= largest else {
            throw DriverError("\(name): Invalid MTU \(mtu), 68 to \(largest) are possible")
        }
        netdev.mtu = mtu
    }

    private mutating func applyChannels(_ count: Int) throws(DriverError) {
        guard count > 0, count <= netdev.maximumChannelCount else {
            throw DriverError("\(name): \(count) channels asked for, at most \(netdev.maximumChannelCount) are there")
        }
        netdev.channelCount = count
        netdev.rss.spread(over: count)
    }

    private mutating func applyRings(receive: Int?, transmit: Int?) throws(DriverError) {
        if let receive { netdev.logReceiveRing = try Self.logRingSize(receive) }
        if let transmit { netdev.logTransmitRing = try Self.logRingSize(transmit) }
    }

    private static func logRingSize(_ count: Int) throws(DriverError) -> Int {
        guard (64...8192).contains(count) else {
            throw DriverError("rings of \(count) entries are not offered, only 64 to 8192")
        }
        return Int.bitWidth - (count - 1).leadingZeroBitCount
    }

    private mutating func apply(_ feature: NetdevFeature, on: Bool) throws(DriverError) {
        switch feature {
        case .receiveChecksumming: netdev.features.receiveChecksum = on
        case .transmitChecksumming: netdev.features.transmitChecksum = on
        case .tcpSegmentation: netdev.features.tcpSegmentation = on
        case .udpSegmentation, .genericSegmentation: netdev.features.genericSegmentation = on
        case .receiveVLAN: netdev.features.receiveVLAN = on
        case .transmitVLAN: netdev.features.transmitVLAN = on
        case .receiveHashing: netdev.features.receiveHash = on
        case .receiveVLANFilter: netdev.features.vlanFilter = on
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
        let old = netdev.coalescing
        netdev.coalescing.receiveMicroseconds = merged(change.receiveMicroseconds, old.receiveMicroseconds)
        netdev.coalescing.receiveFrames = merged(change.receiveFrames, old.receiveFrames)
        netdev.coalescing.transmitMicroseconds = merged(change.transmitMicroseconds, old.transmitMicroseconds)
        netdev.coalescing.transmitFrames = merged(change.transmitFrames, old.transmitFrames)
    }

    private mutating func apply(_ indirection: ControlCommand.Indirection) throws(DriverError) {
        switch indirection {
        case .standard: netdev.rss.spread(over: netdev.channelCount)
        case .equal(let count):
            guard count > 0, count <= netdev.channelCount else {
                throw DriverError("\(name): \(count) queues asked for, \(netdev.channelCount) are there")
            }
            netdev.rss.spread(over: count)
            netdev.rss.isUserSet = true
        case .weights(let weights):
            guard weights.count <= netdev.channelCount else {
                throw DriverError("\(name): \(weights.count) weights for \(netdev.channelCount) queues")
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
                    netdev.rss.table[entry] = queue
                    entry += 1
                }
            }
            netdev.rss.isUserSet = true
        }
    }

    private mutating func apply(_ type: FlowHashType, _ letters: FlowHashFields) {
        var fields: HashFields = []
        if letters.contains(.sourceAddress) { fields.insert(.sourceIP) }
        if letters.contains(.destinationAddress) { fields.insert(.destinationIP) }
        if letters.contains(.sourcePort) { fields.insert(.l4SourcePort) }
        if letters.contains(.destinationPort) { fields.insert(.l4DestinationPort) }
        netdev.rss.fields[Self.trafficIndex(of: type)] = fields
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
        guard netdev.isOpen else { return [] }
        // The entry that is right stays: without it frames would be lost meanwhile.
        let hasUnicast = objectIndex(of: SteeringPlace(.unicast, address: netdev.address)) != nil
        var steps: [ControlStep] = hasUnicast ? [] : [.netdev(.setEntry(.unicast))]
        steps += [.netdev(.setL2Entry), .netdev(.modifyVportLists)]
        let place = SteeringPlace(.allMulticast, address: netdev.address)
        let hasAllMulticast = objectIndex(of: place) != nil
        if netdev.acceptsAllMulticast, !hasAllMulticast { steps.append(.netdev(.setEntry(.allMulticast))) }
        if !netdev.acceptsAllMulticast, hasAllMulticast { steps.append(.netdev(.deleteEntry(.allMulticast))) }
        let isPromiscuous = netdev.tables[SteeringTable.promiscuous.rawValue] != nil
        if netdev.isPromiscuous, !isPromiscuous { steps += promiscuousProgram() }
        if !netdev.isPromiscuous, isPromiscuous { steps += [.core(.setRoot(.vlan)), .destroyAll(.promiscuous)] }
        return steps + [.netdev(.modifyVportPromiscuous)]
    }

    /// The steps after moderation has changed; none while the interface is down.
    func moderationRefresh() -> [ControlStep] {
        guard netdev.isOpen else { return [] }
        return (0..<netdev.channelCount).flatMap { channel -> [ControlStep] in
            [.channel(.modifyCQ(.receive), channel), .channel(.modifyCQ(.send), channel)]
        }
    }
}
