package import Wire

/// A flow table: groups of entries, tried in the order of their first index (native interface, section 6.5).
package struct FlowTable: Sendable {
    package let type: TableType
    package let level: Int
    /// Number of entries, as a power of two.
    package let logSize: Int
    package let canReformat: Bool
    package let canDecapsulate: Bool
    package var missAction: TableMissAction { didSet { compiled = nil } }
    /// The table a frame goes to that no entry matches, when `missAction` says so.
    package var missTable: Int { didSet { compiled = nil } }
    /// By ascending first index.
    package private(set) var groups: [FlowGroup] = []
    /// Entries by flow index.
    package private(set) var entries: [Int: FlowEntry] = [:]
    private var nextGroup = 0
    /// What packets are looked up in; `nil` when the table has changed since.
    private(set) var compiled: CompiledFlowTable?
    /// How often the table has been compiled: as long as it stays the same and `compiled` is there, nothing has
    /// changed.
    private(set) var compilationCount: UInt32 = 0
    /// Whether the table is as it was when it had been compiled `count` times.
    @inline(__always) func isUnchanged(since count: UInt32) -> Bool {
        compiled != nil && compilationCount == count
    }

    package init(type: TableType, decoding context: Record, at offset: Int) {
        self.type = type
        level = Int(context.get(FlowTableContext.level, at: offset))
        logSize = Int(context.get(FlowTableContext.logSize, at: offset))
        canReformat = context.get(FlowTableContext.reformatEn, at: offset) != 0
        canDecapsulate = context.get(FlowTableContext.decapEn, at: offset) != 0
        let miss = UInt8(context.get(FlowTableContext.tableMissAction, at: offset))
        missAction = TableMissAction(rawValue: miss) ?? .default
        missTable = Int(context.get(FlowTableContext.tableMissId, at: offset))
    }

    /// Adds a group made from the input of `CREATE_FLOW_GROUP`; `nil` when its indexes overlap another's or the table.
    package mutating func addGroup(decoding command: Record) -> Int? {
        let group = FlowGroup(decoding: command, identifier: nextGroup)
        guard group.first <= group.last, group.last < 1 << logSize else { return nil }
        guard groups.allSatisfy({ $0.last < group.first || $0.first > group.last }) else { return nil }
        nextGroup += 1
        let place = groups.firstIndex { $0.first > group.first } ?? groups.count
        groups.insert(group, at: place)
        compiled = nil
        return group.identifier
    }

    /// Removes a group that has no entries; false when there is none or it still has some.
    package mutating func removeGroup(_ identifier: Int) -> Bool {
        guard let place = groups.firstIndex(where: { $0.identifier == identifier }) else { return false }
        let group = groups[place]
        guard !entries.values.contains(where: { $0.group == group.identifier }) else { return false }
        groups.remove(at: place)
        compiled = nil
        return true
    }

    /// Puts `entry` at `index`; false when the index lies outside the entry's group.
    package mutating func setEntry(_ entry: FlowEntry, at index: Int) -> Bool {
        guard let group = groups.first(where: { $0.identifier == entry.group }) else { return false }
        guard (group.first...group.last).contains(index) else { return false }
        entries[index] = entry
        compiled = nil
        return true
    }

    /// Removes the entry at `index`; false when there is none.
    package mutating func removeEntry(at index: Int) -> Bool {
        compiled = nil
        return entries.removeValue(forKey: index) != nil
    }

    /// Makes the table ready for packets, unless it is.
    mutating func compile() {
        guard compiled == nil else { return }
        compiled = CompiledFlowTable(groups: groups, entries: entries)
        compilationCount &+= 1
    }
}
