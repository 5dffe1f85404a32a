package import Host
package import Wire

/// A flow table: groups of entries, tried in the order of their first index (native interface, section 6.5).
package struct FlowTable: Sendable, BitwiseCopyable {
    package let owner: FunctionID
    /// Its number in the function that owns it.
    package internal(set) var number: UInt32 = 0
    package let type: TableType
    /// Of an access list: whose it is.
    package let vport: VportNumber
    package let level: UInt8
    /// Number of entries, as a power of two.
    package let logSize: UInt8
    /// Where a packet goes that no entry matches; `nil`: what the table's type says.
    package internal(set) var missTable: UInt32?
    /// Changes whenever the table does, and is the same for no two tables at any time.
    package internal(set) var version: UInt64 = 0
    /// What a key needs filled to be looked up.
    var parts: KeyParts = []
    /// The group with the lowest indexes, plus one; zero when there is none.
    var firstGroup: UInt32 = 0
    var groupCount: UInt32 = 0
    var nextIdentifier: UInt32 = 0
    /// Entries, misses and roots that lead here.
    var userCount: UInt32 = 0

    package init(
        owner: FunctionID, type: TableType, vport: VportNumber = .physical, level: Int = 0, logSize: Int
    ) {
        self.owner = owner
        self.type = type
        self.vport = vport
        self.level = UInt8(truncatingIfNeeded: level)
        self.logSize = UInt8(truncatingIfNeeded: logSize)
    }
}
