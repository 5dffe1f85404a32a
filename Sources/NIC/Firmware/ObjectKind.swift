/// Kinds of objects that commands create.
package enum ObjectKind: UInt32, CaseIterable, Sendable, BitwiseCopyable {
    case uar, protectionDomain, transportDomain, memoryKey, eventQueue, completionQueue, sendQueue, receiveQueue
    case transportSend, transportReceive, queueTable, queueCounter, flowTable, flowGroup, flowEntry, flowCounter

    /// The object's name in the native interface's terms.
    package var name: String {
        switch self {
        case .uar: "UAR"
        case .protectionDomain: "protection domain"
        case .transportDomain: "transport domain"
        case .memoryKey: "memory key"
        case .eventQueue: "EQ"
        case .completionQueue: "CQ"
        case .sendQueue: "SQ"
        case .receiveQueue: "RQ"
        case .transportSend: "TIS"
        case .transportReceive: "TIR"
        case .queueTable: "RQT"
        case .queueCounter: "queue counter"
        case .flowTable: "flow table"
        case .flowGroup: "flow group"
        case .flowEntry: "flow table entry"
        case .flowCounter: "flow counter"
        }
    }
}

/// One object of a function.
package struct ObjectName: Hashable, Sendable, BitwiseCopyable {
    package var kind: ObjectKind
    /// The number the driver knows it under; for groups and entries of flow tables, the table's in the upper half.
    package var number: UInt64

    package init(_ kind: ObjectKind, _ number: Int) {
        self.kind = kind
        self.number = UInt64(truncatingIfNeeded: number)
    }

    /// A group or an entry of flow table `table`.
    package init(_ kind: ObjectKind, _ number: Int, ofTable table: Int) {
        self.kind = kind
        self.number = UInt64(truncatingIfNeeded: table) << 32 | UInt64(truncatingIfNeeded: number) & 0xffff_ffff
    }
}
