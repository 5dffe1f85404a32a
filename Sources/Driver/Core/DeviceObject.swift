import Wire

/// What a group of objects belongs to: it is destroyed as a whole.
enum ObjectScope: Equatable {
    case core
    /// The forwarding database, and the access lists of a vport.
    case eswitch, accessLists(UInt16)
    case netdev, channels, rules, promiscuous

    /// Whether it belongs to a core driver rather than to a netdev.
    var isOfCore: Bool {
        switch self {
        case .core, .eswitch, .accessLists: true
        case .netdev, .channels, .rules, .promiscuous: false
        }
    }
}

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
    /// Kind of a flow table, also of that of a group or an entry, and the vport it belongs to when that is another's.
    var tableType = TableType.nicRX
    var vport: UInt16?

    /// The command that ends it.
    func destroyInput() -> (Opcode, Record) {
        switch kind {
        case .flowTable, .flowGroup, .flowEntry:
            let opcode: Opcode =
                kind == .flowTable ? .destroyFlowTable : kind == .flowGroup ? .destroyFlowGroup : .deleteFlowTableEntry
            var input = Record(opcode)
            input.set(DestroyFlowTable.tableId, kind == .flowTable ? id : table)
            input.set(DestroyFlowTable.tableType, UInt32(tableType.rawValue))
            if let vport {
                input.set(DestroyFlowTable.otherVport, vport == 0 ? 0 : 1)
                input.set(DestroyFlowTable.vportNumber, UInt32(vport))
            }
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
