import Host

/// The ledgers of device objects: the core driver's, and that of the netdev a program is about.
extension HostSoftware {
    func lastObject(of scope: ObjectScope, on index: Int) -> DeviceObject? {
        if scope.isOfCore { return cores[index].pointee.objects.last { $0.scope == scope } }
        guard let netdev = selectedNetdevIndex(on: index) else { return nil }
        return netdevs[netdev].pointee.objects.last { $0.scope == scope }
    }

    @discardableResult
    mutating func removeLastObject(of scope: ObjectScope, on index: Int) -> DeviceObject? {
        if scope.isOfCore {
            guard let place = cores[index].pointee.objects.lastIndex(where: { $0.scope == scope }) else { return nil }
            return cores[index].pointee.objects.remove(at: place)
        }
        guard let netdev = selectedNetdevIndex(on: index),
            let place = netdevs[netdev].pointee.objects.lastIndex(where: { $0.scope == scope })
        else { return nil }
        return netdevs[netdev].pointee.objects.remove(at: place)
    }

    /// Drops the youngest object of `scope`, and what was kept for it.
    mutating func forgetLastObject(of scope: ObjectScope, on index: Int, host: inout Host) {
        guard let object = removeLastObject(of: scope, on: index) else { return }
        if scope.isOfCore {
            cores[index].pointee.forget(object, kernel: &kernel, host: &host)
        } else if let netdev = selectedNetdevIndex(on: index) {
            netdevs[netdev].pointee.forget(object)
        }
    }
}

extension CoreDriver {
    /// Drops what was kept for an object that is gone.
    mutating func forget(_ object: DeviceObject, kernel: inout Kernel, host: inout Host) {
        if object.kind == .flowTable, interface.anchorTable == object.id { interface.anchorTable = nil }
        guard object.kind == .eq,
            let place = interface.eventQueues.firstIndex(where: { UInt32($0.number) == object.id })
        else { return }
        let queue = interface.eventQueues.remove(at: place)
        kernel.memory.release(queue.ring.allocation, host: &host)
        queue.ring.deallocate()
    }
}

extension Netdev {
    /// Drops what was kept for an object that is gone.
    mutating func forget(_ object: DeviceObject) {
        guard object.kind == .flowTable else { return }
        for table in settings.tables.indices where settings.tables[table] == object.id { settings.tables[table] = nil }
    }
}
