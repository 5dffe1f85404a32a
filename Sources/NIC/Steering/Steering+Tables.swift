import Host
import Wire

/// Tables and groups: what commands do to them.
extension Steering {
    /// Adds `table`, without groups.
    package mutating func add(_ table: FlowTable, missTo miss: FlowTableHandle? = nil) -> FlowTableHandle {
        let index = tables.insert(table)
        setMiss(of: FlowTableHandle(index: index), to: miss)
        return FlowTableHandle(index: index)
    }

    /// The table, as it is.
    package subscript(table: FlowTableHandle) -> FlowTable {
        @inline(__always) get { tables.pointer(table.index).pointee }
    }

    /// Tells the number that the owner of `table` knows it under.
    package mutating func setNumber(_ number: Int, of table: FlowTableHandle) {
        tables.pointer(table.index).pointee.number = UInt32(truncatingIfNeeded: number)
    }

    /// A packet that no entry of `table` matches goes to `miss`, or to what the table's type says.
    package mutating func setMiss(of table: FlowTableHandle, to miss: FlowTableHandle?) {
        if let miss { tables.pointer(miss.index).pointee.userCount += 1 }
        release(miss: table.index)
        tables.pointer(table.index).pointee.missTable = miss?.index
        touch(table.index)
    }

    private mutating func release(miss table: UInt32) {
        if let former = tables.pointer(table).pointee.missTable { tables.pointer(former).pointee.userCount -= 1 }
    }

    /// Whether `table` has groups, or entries or misses lead to it.
    package func isBusy(_ table: FlowTableHandle) -> Bool {
        let state = tables.pointer(table.index).pointee
        return state.groupCount > 0 || state.userCount > 0
    }

    /// Removes `table`, which is not busy; who has it as a root forgets it.
    package mutating func remove(_ table: FlowTableHandle) {
        precondition(!isBusy(table), "a flow table that is in use was removed")
        release(miss: table.index)
        touch(table.index)
        tables.remove(table.index)
    }

    /// Removes `list`, all tables of a function, whatever leads where; nobody else leads to them.
    package mutating func removeAll(_ list: [FlowTableHandle], counters: [FlowCounterHandle]) {
        for table in list {
            var group = tables.pointer(table.index).pointee.firstGroup
            while group != 0 {
                let state = groups.pointer(group - 1)
                group = state.pointee.next
                removeContents(of: state)
            }
        }
        for table in list {
            var group = tables.pointer(table.index).pointee.firstGroup
            while group != 0 {
                let next = groups.pointer(group - 1).pointee.next
                groups.remove(group - 1)
                group = next
            }
            release(miss: table.index)
            touch(table.index)
        }
        for table in list { tables.remove(table.index) }
        for counter in counters where !removeCounter(counter) {
            preconditionFailure("a counter is used by an entry of another function")
        }
    }

    private mutating func removeContents(of group: UnsafeMutablePointer<FlowGroup>) {
        for place in 0..<group.pointee.entries.used where group.pointee.entries.isUsed(place) {
            releaseUses(of: group.pointee.entries.entry(place).pointee)
        }
        group.pointee.entries.deallocate()
        group.pointee.masks.deallocate()
    }

    // MARK: Groups

    /// Adds a group to `table`; `nil` when its indexes overlap another's.
    package mutating func addGroup(_ description: FlowGroupDescription, to table: FlowTableHandle) -> Int? {
        let state = tables.pointer(table.index)
        var before: UInt32 = 0
        var after = state.pointee.firstGroup
        while after != 0 {
            let other = groups.pointer(after - 1).pointee
            if other.first > description.last { break }
            guard other.last < description.first else { return nil }
            before = after
            after = other.next
        }
        let identifier = state.pointee.nextIdentifier
        state.pointee.nextIdentifier += 1
        var group = FlowGroup(description, identifier: identifier)
        group.next = after
        let number = groups.insert(group) + 1
        if before == 0 { state.pointee.firstGroup = number } else { groups.pointer(before - 1).pointee.next = number }
        state.pointee.groupCount += 1
        state.pointee.parts.formUnion(group.parts)
        touch(table.index)
        return Int(identifier)
    }

    /// Why a group cannot be removed.
    package enum GroupRemoval: Sendable { case removed, missing, busy }

    /// Removes group `identifier` of `table`, which has no entries.
    package mutating func removeGroup(_ identifier: Int, of table: FlowTableHandle) -> GroupRemoval {
        let state = tables.pointer(table.index)
        var before: UInt32 = 0
        var number = state.pointee.firstGroup
        while number != 0, groups.pointer(number - 1).pointee.identifier != identifier {
            before = number
            number = groups.pointer(number - 1).pointee.next
        }
        guard number != 0 else { return .missing }
        let group = groups.pointer(number - 1)
        guard group.pointee.entries.count == 0 else { return .busy }
        let next = group.pointee.next
        if before == 0 { state.pointee.firstGroup = next } else { groups.pointer(before - 1).pointee.next = next }
        state.pointee.groupCount -= 1
        group.pointee.entries.deallocate()
        group.pointee.masks.deallocate()
        groups.remove(number - 1)
        state.pointee.parts = []
        var other = state.pointee.firstGroup
        while other != 0 {
            state.pointee.parts.formUnion(groups.pointer(other - 1).pointee.parts)
            other = groups.pointer(other - 1).pointee.next
        }
        touch(table.index)
        return .removed
    }

    /// The group `identifier` of `table`, and the one whose indexes hold `flowIndex`.
    func group(_ identifier: UInt32, of table: FlowTableHandle) -> UnsafeMutablePointer<FlowGroup>? {
        group(of: table) { $0.pointee.identifier == identifier }
    }

    func group(holding flowIndex: UInt32, of table: FlowTableHandle) -> UnsafeMutablePointer<FlowGroup>? {
        group(of: table) { $0.pointee.first <= flowIndex && flowIndex <= $0.pointee.last }
    }

    private func group(
        of table: FlowTableHandle, _ isRight: (UnsafeMutablePointer<FlowGroup>) -> Bool
    ) -> UnsafeMutablePointer<FlowGroup>? {
        var number = tables.pointer(table.index).pointee.firstGroup
        while number != 0 {
            let group = groups.pointer(number - 1)
            if isRight(group) { return group }
            number = group.pointee.next
        }
        return nil
    }
}
