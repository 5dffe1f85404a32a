/// The numbers of the objects that a function's driver has made: one of each kind.
package struct FuzzObjects: Sendable {
    package var uar: UInt32 = 0, eq: UInt32 = 0, pd: UInt32 = 0, domain: UInt32 = 0, key: UInt32 = 0
    package var sendCQ: UInt32 = 0, receiveCQ: UInt32 = 0, tis: UInt32 = 0, sq: UInt32 = 0, rq: UInt32 = 0
    package var rqt: UInt32 = 0, tir: UInt32 = 0, table: UInt32 = 0, group: UInt32 = 0

    /// All of them, for inputs that choose one.
    package var all: [UInt32] {
        [uar, eq, pd, domain, key, sendCQ, receiveCQ, tis, sq, rq, rqt, tir, table, group]
    }
}

/// Where a function's driver keeps what: offsets from the start of its region.
package enum FuzzPlace {
    package static let commands: UInt64 = 0
    package static let inputBlocks: UInt64 = 0x1000
    package static let outputBlocks: UInt64 = 0x9000
    package static let sendRing: UInt64 = 0x1_1000
    package static let receiveRing: UInt64 = 0x1_2000
    package static let sendCompletions: UInt64 = 0x1_3000
    package static let receiveCompletions: UInt64 = 0x1_4000
    package static let events: UInt64 = 0x1_5000
    /// Send queue and receive queue share the record at 0; those of the completion queues are at 0x40 and 0x80.
    package static let records: UInt64 = 0x1_6000
    package static let data: UInt64 = 0x1_8000
}
