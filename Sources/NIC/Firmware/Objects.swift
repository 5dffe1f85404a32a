import Wire

/// How objects come and go, whatever their kind: limits, pages for their state, and who needs whom.
extension FunctionFirmware {
    /// Adds `object`, which needs `needs`, and returns its number.
    mutating func add<Object>(
        _ object: Object, _ kind: ObjectKind, to table: inout ObjectTable<Object>, needs: [ObjectName] = []
    ) throws(Syndrome) -> Int {
        guard table.hasRoom else { throw .limit(kind) }
        guard pages.charge() else { throw .outOfPages }
        guard let number = table.insert(object) else { preconditionFailure("a table that had room has none") }
        references.set(ObjectName(kind, number), needs: needs)
        return number
    }

    /// Removes object `number`, unless another one needs it.
    mutating func remove<Object>(
        _ number: Int, _ kind: ObjectKind, from table: inout ObjectTable<Object>
    ) throws(Syndrome) {
        guard table.contains(number) else { throw .missing(kind) }
        guard !references.isReferenced(ObjectName(kind, number)) else { throw .busy(kind) }
        table.remove(number)
        references.remove(ObjectName(kind, number))
        pages.release()
    }
}

extension Function {
    mutating func removeSendQueue(_ number: Int) throws(Syndrome) {
        try firmware.remove(number, .sendQueue, from: &resources.sendQueues)
    }

    mutating func removeReceiveQueue(_ number: Int) throws(Syndrome) {
        try firmware.remove(number, .receiveQueue, from: &resources.receiveQueues)
    }

    /// That object `number` exists and no other one needs it.
    func checkRemovable(_ kind: ObjectKind, _ number: Int) throws(Syndrome) {
        let name = try require(kind, number)
        guard !firmware.references.isReferenced(name) else { throw .busy(kind) }
    }

    /// The name of object `number`, which must exist.
    func require(_ kind: ObjectKind, _ number: Int) throws(Syndrome) -> ObjectName {
        guard exists(kind, number) else { throw .missing(kind) }
        return ObjectName(kind, number)
    }

    private func exists(_ kind: ObjectKind, _ number: Int) -> Bool {
        switch kind {
        case .uar: resources.uars.contains(number)
        case .protectionDomain: resources.protectionDomains.contains(number)
        case .transportDomain: resources.transportDomains.contains(number)
        case .memoryKey: resources.memoryKeys.contains(number)
        case .eventQueue: resources.eventQueues.contains(number)
        case .completionQueue: resources.completionQueues.contains(number)
        case .sendQueue: resources.sendQueues.contains(number)
        case .receiveQueue: resources.receiveQueues.contains(number)
        case .transportSend: resources.transportSends.contains(number)
        case .transportReceive: resources.transportReceives.contains(number)
        case .queueTable: resources.queueTables.contains(number)
        case .queueCounter: resources.queueCounters.contains(number)
        case .flowTable: resources.flowTables.contains(number)
        case .flowCounter: resources.flowCounters.contains(number)
        case .flowGroup, .flowEntry: false
        }
    }

    /// The page addresses of a queue: `list` cut to what a ring of `byteCount` bytes needs.
    ///
    /// - Parameters: `logPageSize` counts from 4 KiB, `offset` is in bytes into the first page.
    func queuePages(
        _ list: [UInt64], ringByteCount: UInt64, logPageSize: Int, offset: UInt64
    ) throws(Syndrome) -> [UInt64] {
        guard logPageSize <= 19 else { throw .queuePageSize }
        let pageByteCount: UInt64 = 4096 << UInt64(logPageSize)
        let count = Int((ringByteCount + offset + pageByteCount - 1) / pageByteCount)
        guard offset < pageByteCount else { throw .queuePageOffset }
        guard list.count >= count else { throw .queueAddressesMissing }
        let pages = Array(list[..<count])
        guard pages.allSatisfy({ $0 & (pageByteCount - 1) == 0 }) else { throw .queueAddressMisaligned }
        return pages
    }
}
