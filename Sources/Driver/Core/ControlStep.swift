import Simulation
import Wire

/// One thing the control path does before it goes on with the next: a register access, a command, or a local action.
///
/// Programs are arrays of these; the functions that build them read as the tables of section 3.
enum ControlStep {
    case configurationRead(offset: Int, byteCount: UInt8, ConfigurationUse)
    case configurationWrite(offset: Int, byteCount: UInt8, value: UInt32)
    case registerRead(offset: Int, RegisterUse)
    case registerWrite(offset: Int, value: UInt32)
    case wait(SimDuration)
    case core(CoreStep)
    case netdev(NetdevStep)
    case channel(ChannelStep, Int)
    case query(StatisticsQuery)
    /// Destroys all objects of a scope, the youngest first.
    case destroyAll(ObjectScope)
    case local(LocalStep)
}

/// What a configuration read is for.
enum ConfigurationUse {
    case identity, command, capabilityPointer, capability(at: Int), msixTable(at: Int), barSize(Int)
}

/// What a read of the initialization segment is for.
enum RegisterUse { case initializing, firmwareRevision, commandInterface, commandQueue, health }

/// Steps of the core driver: commands of section 3.1 and 3.5.
enum CoreStep {
    case enableHCA, queryISSI, setISSI
    case queryPages(QueryPagesKind)
    case givePages(Int)
    case takePages
    case hostEndianness
    case queryCapabilities(HCACapabilityType, maximum: Bool)
    case setCapabilities
    case initHCA, queryAdapter, allocUAR
    case createEQ(EventQueueRole)
    case createAnchorTable, setRoot(RootChoice)
    case teardownHCA, disableHCA
    case destroyEQ(EventQueueRole)
}

/// What an event queue is for.
enum EventQueueRole: Equatable { case command, asynchronous, pages, completion(Int) }

/// The table a root is set to.
enum RootChoice { case anchor, vlan, promiscuous }

/// Steps of the interface: commands of section 3.3, and what control commands change later.
enum NetdevStep {
    case allocPD, allocTransportDomain, createMKey, createTIS(Int), queryVport, queryPMTU, writePMTU, modifyVportMTU
    case allocQCounter(drop: Bool)
    case createDropCQ, createDropRQ, readyDropRQ
    case createIndirectRQT, createIndirectTIR(Int), createDirectRQT(Int), createDirectTIR(Int)
    case createTable(SteeringTable), createGroup(SteeringTable, Int), setEntry(SteeringRule)
    case deleteEntry(SteeringRule)
    case portAdmin(up: Bool), queryVportState, setL2Entry, modifyVportLists, modifyVportPromiscuous
    case modifyIndirectRQT(open: Bool), modifyDirectRQT(Int, open: Bool), refreshTIR(Int)
    case modifyTIRHash(Int), modifyVportAddress
    case readRegister(AccessRegisterID), writePFCC
}

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

/// Steps that need no answer from the device.
enum LocalStep {
    case setUpCommandQueue, enterEventMode, enterPollingMode
    case becomeReady, allocateChannels, activateChannels, deactivateChannels, freeChannels
    case enableDevice, createNetdev, open, close, finishRemoval
    case applyLinkState
    case report(ReportKind)
    /// Puts a setting into effect; closes an open interface, and opens it again if `suspend` closed it.
    case apply(ControlCommand.Action), suspend, resume
    case refreshReceiveMode, refreshModeration, refreshIndirection
    case functionLevelReset, resumeAfterReset
    /// Refuses a setting that could not take effect, before anything was touched for it.
    case check(ControlCommand.Action)
    case finishOpening
    /// Recovery of channel queues (section 5.3): wait until everything posted came back, start over, go on.
    case awaitSendFlush(Int, tries: Int), restartSend(Int), resumeSend(Int)
    case awaitReceiveFlush(Int, tries: Int), restartReceive(Int), resumeReceive(Int)
    /// Notes whether the interface is to be opened again; gives back what a device that was reset has forgotten.
    case noteReopening, forgetDevice
}

/// Text that ends a control command.
enum ReportKind {
    case none, linkStatistics, linkShow, driverInformation, statistics, features, rings, indirection, coalesce, pause
    case channels, settings
    case flowHash(FlowHashType)
}

/// What a group of objects belongs to: it is destroyed as a whole.
enum ObjectScope: Int { case core, netdev, channels, rules, promiscuous }

/// Something the device keeps for the driver until it is destroyed.
struct DeviceObject {
    enum Kind {
        case uar, pd, transportDomain, mkey, tis, tir, rqt, rq, sq, cq, eq, qCounter, flowTable, flowGroup, flowEntry
        case l2Entry
    }

    var kind: Kind
    var id: UInt32
    /// Flow table of a group or an entry.
    var table: UInt32 = 0
    var scope: ObjectScope

    /// The command that ends it.
    func destroyInput() -> (Opcode, Record) {
        switch kind {
        case .flowTable, .flowGroup, .flowEntry:
            let opcode: Opcode =
                kind == .flowTable ? .destroyFlowTable : kind == .flowGroup ? .destroyFlowGroup : .deleteFlowTableEntry
            var input = Record(opcode)
            input.set(DestroyFlowTable.tableId, kind == .flowTable ? id : table)
            if kind == .flowGroup { input.set(DestroyFlowGroup.groupId, id) }
            if kind == .flowEntry { input.set(DeleteFlowTableEntry.flowIndex, id) }
            return (opcode, input)
        case .l2Entry:
            var input = Record(.deleteL2TableEntry)
            input.set(DeleteL2TableEntry.tableIndex, id)
            return (.deleteL2TableEntry, input)
        default:
            let opcode = plainDestroyOpcode
            var input = Record(opcode)
            input.set(BitField(0x8, 23, 0), id)
            return (opcode, input)
        }
    }

    private var plainDestroyOpcode: Opcode {
        switch kind {
        case .uar: .deallocUAR
        case .pd: .deallocPD
        case .transportDomain: .deallocTransportDomain
        case .mkey: .destroyMKey
        case .tis: .destroyTIS
        case .tir: .destroyTIR
        case .rqt: .destroyRQT
        case .rq: .destroyRQ
        case .sq: .destroySQ
        case .cq: .destroyCQ
        case .eq: .destroyEQ
        case .qCounter: .deallocQCounter
        case .flowTable, .flowGroup, .flowEntry: .destroyFlowTable
        case .l2Entry: .deleteL2TableEntry
        }
    }
}

extension Record {
    /// The input of `opcode` with `listByteCount` bytes of list behind it.
    init(_ opcode: Opcode, opMod: UInt16 = 0, listByteCount: Int = 0) {
        self.init(byteCount: opcode.inputByteCount + listByteCount)
        set(CommandHeader.opcode, UInt32(opcode.rawValue))
        set(CommandHeader.opMod, UInt32(opMod))
    }

    /// An access to register `id`.
    init(register id: AccessRegisterID, _ operation: RegisterOperation, byteCount: Int) {
        self.init(.accessRegister, opMod: operation.rawValue, listByteCount: byteCount)
        set(AccessRegister.registerId, UInt32(id.rawValue))
    }

    /// Writes the addresses of the 4 KiB pages of `allocation` from `offset` on.
    mutating func setPages(of address: UInt64, count: Int, at offset: Int) {
        for page in 0..<count { set64(offset + 8 * page, address + UInt64(page) * 4096) }
    }
}
