import Wire

/// Entries: what commands do to them.
extension Steering {
    /// Why an entry cannot be set.
    package enum EntryError: Error {
        case groupMissing
        /// The flow index lies outside the group, or holds an entry already.
        case indexOutside, indexTaken
        /// The value has bits that the group does not compare.
        case valueOutsideMask
        /// Another entry of the group compares with the same value.
        case duplicate
    }

    /// Adds an entry at `flowIndex` of `table`.
    package mutating func addEntry(
        _ description: FlowEntryDescription, at flowIndex: UInt32, of table: FlowTableHandle
    ) throws(EntryError) {
        guard let group = group(description.group, of: table) else { throw .groupMissing }
        guard group.pointee.first <= flowIndex, flowIndex <= group.pointee.last else { throw .indexOutside }
        guard group.pointee.entries.find(flowIndex: flowIndex) == nil else { throw .indexTaken }
        let words = try Self.masked(description.value, by: group.pointee)
        let isDuplicate = words.withUnsafeBufferPointer { group.pointee.place(of: Self.start($0)) } >= 0
        guard !isDuplicate else { throw .duplicate }
        words.withUnsafeBufferPointer { buffer in
            let start = Self.start(buffer)
            var entry = FlowEntry(flowIndex: flowIndex, hash: group.pointee.hash(start))
            fill(&entry, from: description)
            group.pointee.entries.insert(entry, start)
        }
        touch(table.index)
    }

    /// Where words start; a group without a mask has none, and reads none.
    private static func start(_ words: UnsafeBufferPointer<UInt64>) -> UnsafePointer<UInt64> {
        words.baseAddress ?? UnsafePointer(bitPattern: 8).unsafelyUnwrapped
    }

    /// The words of `value` that `group` compares.
    private static func masked(_ value: [UInt64], by group: FlowGroup) throws(EntryError) -> [UInt64] {
        var words: [UInt64] = []
        var next = 0
        for (word, bits) in value.enumerated() where word / 8 < 7 {
            let isCompared = next < group.maskCount && group.masks[next].word == word
            if isCompared {
                guard bits & ~group.masks[next].bits == 0 else { throw .valueOutsideMask }
                words.append(bits)
                next += 1
            } else if bits != 0, group.criteria.rawValue >> UInt8(word / 8) & 1 != 0 {
                throw .valueOutsideMask
            }
        }
        while words.count < group.maskCount { words.append(0) }
        return words
    }

    private mutating func fill(_ entry: inout FlowEntry, from description: FlowEntryDescription) {
        entry.flowTag = description.flowTag
        entry.action = description.action
        entry.firstTag = description.firstTag
        entry.secondTag = description.secondTag
        entry.flowSource = description.flowSource
        entry.setLists(description.destinations, description.counters.map(\.index))
        use(of: entry, by: 1)
    }

    /// Counts the tables and counters that `entry` refers to as used by one more entry, or by one less.
    private mutating func use(of entry: FlowEntry, by change: Int32) {
        for index in 0..<Int(entry.destinationCount) where entry.destination(index).kind == .table {
            let table = tables.pointer(entry.destination(index).value)
            table.pointee.userCount = UInt32(Int32(table.pointee.userCount) + change)
        }
        for index in 0..<Int(entry.counterCount) {
            let counter = counters.pointer(entry.counter(index))
            counter.pointee.userCount = UInt32(Int32(counter.pointee.userCount) + change)
        }
    }

    mutating func releaseUses(of entry: FlowEntry) { use(of: entry, by: -1) }

    /// Replaces what the entry at `flowIndex` does, its value and group not; false when there is none.
    package mutating func replaceEntry(
        at flowIndex: UInt32, of table: FlowTableHandle, with description: FlowEntryDescription
    ) -> Bool {
        guard let group = group(holding: flowIndex, of: table),
            let place = group.pointee.entries.find(flowIndex: flowIndex)
        else { return false }
        let entry = group.pointee.entries.entry(place)
        // What is used before and after is never unused in between.
        let former = entry.pointee
        entry.pointee.lists = nil
        fill(&entry.pointee, from: description)
        releaseUses(of: former)
        former.lists?.deallocate()
        touch(table.index)
        return true
    }

    /// Removes the entry at `flowIndex`; false when there is none.
    package mutating func removeEntry(at flowIndex: UInt32, of table: FlowTableHandle) -> Bool {
        guard let group = group(holding: flowIndex, of: table),
            let place = group.pointee.entries.find(flowIndex: flowIndex)
        else { return false }
        let entry = group.pointee.entries.entry(place).pointee
        releaseUses(of: entry)
        entry.lists?.deallocate()
        group.pointee.entries.remove(place)
        touch(table.index)
        return true
    }

    /// Group, value and actions of the entry at `flowIndex`; `nil` when there is none.
    package func entry(at flowIndex: UInt32, of table: FlowTableHandle) -> FlowEntryDescription? {
        guard let group = group(holding: flowIndex, of: table),
            let place = group.pointee.entries.find(flowIndex: flowIndex)
        else { return nil }
        let entry = group.pointee.entries.entry(place).pointee
        var value = [UInt64](repeating: 0, count: FlowKey.wordCount)
        for index in 0..<group.pointee.maskCount {
            value[group.pointee.masks[index].word] = group.pointee.entries.words(place)[index]
        }
        var description = FlowEntryDescription(group: group.pointee.identifier, action: entry.action, value: value)
        description.flowTag = entry.flowTag
        description.firstTag = entry.firstTag
        description.secondTag = entry.secondTag
        description.flowSource = entry.flowSource
        description.destinations = (0..<Int(entry.destinationCount)).map { entry.destination($0) }
        description.counters = (0..<Int(entry.counterCount)).map { FlowCounterHandle(index: entry.counter($0)) }
        return description
    }
}
