import Wire

/// Steps of the interface: commands of section 3.3, and what control commands change later.
enum NetdevStep {
    case allocPD, allocTransportDomain, createMKey, createTIS(Int), queryVport, queryPMTU, writePMTU, modifyVportMTU
    case allocQCounter(drop: Bool)
    case createDropCQ, createDropRQ, readyDropRQ
    case createIndirectRQT, createIndirectTIR(Int), createDirectRQT(Int), createDirectTIR(Int)
    case createTable(SteeringTable), createGroup(SteeringTable, Int), setEntry(SteeringRule)
    case deleteEntry(SteeringRule)
    case portAdmin(up: Bool), queryVportState, setL2Entry, modifyVportLists, modifyVportMulticast,
        modifyVportPromiscuous
    case modifyIndirectRQT(open: Bool), modifyDirectRQT(Int, open: Bool), refreshTIR(Int)
    case modifyTIRHash(Int), modifyVportAddress
    case readRegister(AccessRegisterID), writePFCC
    case setRoot(RootChoice)
}

/// The table that the receive root is set to.
enum RootChoice { case anchor, vlan, promiscuous }

/// Flow tables of the interface, in the order a frame meets them.
enum SteeringTable: Int, CaseIterable { case promiscuous, vlan, l2, ttc }

/// Rules of the interface's flow tables.
enum SteeringRule: Equatable {
    case promiscuous
    case untagged, vlan(UInt16), anyCustomerTag, anyServiceTag
    case broadcast, unicast, allMulticast
    case traffic(Int)
}

/// Steps for one channel: commands of section 3.4.
enum ChannelStep {
    case allocate
    case createCQ(ChannelQueue), modifyCQ(ChannelQueue)
    case createSQ(ChannelQueue), readySQ(ChannelQueue)
    case createRQ, readyRQ, errorRQ, errorSQ(ChannelQueue)
    /// Recovery: from ERR to RST.
    case resetSQ, resetRQ
}

/// The queues of a channel.
enum ChannelQueue: Int { case control = 0, send = 1, receive = 2 }

/// What statistics are read with.
enum StatisticsQuery { case vport, queueCounter(drop: Bool), port(PortCounterGroup), vportState }

/// What a netdev does within a program without asking the device.
enum NetdevAction {
    case prepare, becomeReady, finishRemoval
    case open, close
    /// Tells the vport of an address that was made up for it.
    case keepAddress
    case allocateChannels, activateChannels, deactivateChannels, freeChannels, finishOpening
    case applyLinkState
    case report(ReportKind)
    /// Refuses a setting that could not take effect, before anything was touched for it.
    case check(ControlCommand.Action)
    /// Puts a setting into effect; closes an open interface, and opens it again if `suspend` closed it.
    case apply(ControlCommand.Action), suspend, resume
    case refreshReceiveMode, refreshModeration, refreshIndirection
    /// Recovery of channel queues (section 5.3): wait until everything posted came back, start over, go on.
    case awaitSendFlush(Int, tries: Int), restartSend(Int), resumeSend(Int)
    case awaitReceiveFlush(Int, tries: Int), restartReceive(Int), resumeReceive(Int)
    /// Around a reset of the function: whether the interface is opened again, what the device has forgotten.
    case noteReopening, forgetDevice, resumeAfterReset
}

/// Text that ends a control command.
enum ReportKind {
    case none, linkStatistics, linkShow, driverInformation, statistics, features, rings, indirection, coalesce, pause
    case channels, settings
    case flowHash(FlowHashType)
}
