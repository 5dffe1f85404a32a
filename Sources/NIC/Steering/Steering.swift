package import Host
import Wire

/// The steering engine: flow tables, groups, entries and counters of all functions of the NIC.
///
/// A function knows its tables and counters under numbers of its own; here they have handles, which no command ever
/// sees, so that one function cannot name another's. A walk (`walk`) says what is to happen to a packet and changes
/// nothing; who asked for it does that.
package struct Steering: ~Copyable {
    var tables = Slab<FlowTable>()
    var groups = Slab<FlowGroup>()
    private(set) var counters = Slab<FlowCounter>()
    var cache = FlowCache()
    /// Most tables one packet passes, its copies included.
    package let tableLimit: Int
    /// Counts changes of tables.
    private(set) var changeCount: UInt64 = 0
    /// VXLAN ports, by function, where there are others than the assigned one.
    private var tunnelPorts: [FunctionID: TunnelPorts] = [:]
    /// Where walks are written that are not cached.
    let scratch: UnsafeMutablePointer<Verdict>
    /// Verdicts that are being carried out while others are found.
    let held: UnsafeMutablePointer<Verdict>
    /// How many there are.
    static let heldCount = 2

    package init(tableLimit: Int = 64) {
        self.tableLimit = tableLimit
        scratch = .allocate(capacity: 1)
        scratch.initialize(to: Verdict(tableLimit: tableLimit))
        held = .allocate(capacity: Self.heldCount)
        for index in 0..<Self.heldCount { (held + index).initialize(to: Verdict(tableLimit: tableLimit)) }
    }

    deinit {
        for number in groups.numbers {
            let group = groups.pointer(number)
            group.pointee.entries.deallocate()
            group.pointee.masks.deallocate()
        }
        scratch.deinitialize(count: 1)
        scratch.deallocate()
        held.deinitialize(count: Self.heldCount)
        held.deallocate()
    }

    /// The same tables under the same handles, with memory of their own.
    package func copy() -> Steering {
        var copy = Steering(tableLimit: tableLimit)
        copy.become(self)
        return copy
    }

    private mutating func become(_ other: borrowing Steering) {
        tables = other.tables.copy()
        groups = other.groups.copy()
        counters = other.counters.copy()
        changeCount = other.changeCount
        tunnelPorts = other.tunnelPorts
        for number in groups.numbers {
            let group = groups.pointer(number)
            let masks = UnsafeMutablePointer<FlowGroup.MaskWord>.allocate(capacity: max(1, group.pointee.maskCount))
            masks.update(from: group.pointee.masks, count: group.pointee.maskCount)
            group.pointee = FlowGroup(group.pointee, masks: masks, entries: group.pointee.entries.copy())
        }
    }

    /// Bytes of memory that tables, groups, entries and counters occupy, long lists of destinations not counted.
    package var byteCount: Int {
        var sum = tables.byteCount + groups.byteCount + counters.byteCount
        for number in groups.numbers {
            sum += groups.pointer(number).pointee.entries.byteCount
            sum += groups.pointer(number).pointee.maskCount * MemoryLayout<FlowGroup.MaskWord>.stride
        }
        return sum
    }

    /// Tables, groups and counters that exist.
    package var objectCount: Int { tables.numbers.count + groups.numbers.count + counters.numbers.count }

    // MARK: Counters

    /// Adds a counter, which its owner knows as `number`.
    package mutating func addCounter() -> FlowCounterHandle { FlowCounterHandle(index: counters.insert(FlowCounter())) }

    /// Removes a counter; false when entries count with it.
    package mutating func removeCounter(_ counter: FlowCounterHandle) -> Bool {
        guard counters.pointer(counter.index).pointee.userCount == 0 else { return false }
        counters.remove(counter.index)
        return true
    }

    /// The counter, in place.
    package subscript(counter: FlowCounterHandle) -> FlowCounter {
        @inline(__always) unsafeAddress { UnsafePointer(counters.pointer(counter.index)) }
        @inline(__always) nonmutating unsafeMutableAddress { counters.pointer(counter.index) }
    }

    // MARK: What keys depend on

    /// Function `owner` has told which UDP ports are VXLAN.
    package mutating func setTunnelPorts(_ ports: [UInt16], of owner: FunctionID) {
        tunnelPorts[owner] = ports.isEmpty ? nil : TunnelPorts(vxlan: ports)
    }

    /// The ports that are tunnels in the eyes of `owner`.
    func ports(of owner: FunctionID) -> TunnelPorts { tunnelPorts[owner] ?? TunnelPorts() }

    /// Notes a change of `table`.
    mutating func touch(_ table: UInt32) {
        changeCount &+= 1
        tables.pointer(table).pointee.version = changeCount
    }
}

/// Names a flow counter in the silicon.
package struct FlowCounterHandle: Hashable, Sendable, BitwiseCopyable {
    package let index: UInt32
}

/// Names a flow table in the silicon.
package struct FlowTableHandle: Hashable, Sendable, BitwiseCopyable {
    package let index: UInt32
}
