package import Host
package import Simulation

/// Netdevs by name and by number.
extension HostSoftware {
    /// The numbers of the netdevs that exist, ascending.
    package var netdevIndices: [Int] { (0..<netdevs.limit).filter { netdevs.contains($0) } }

    /// The number of the netdev called `name`.
    package func netdev(named name: String) -> Int? { netdevNames[name] }

    /// The name of netdev `index`.
    package func netdevName(_ index: Int) -> String { netdevs[index].pointee.name }

    /// Where the netdev called `name` is in its life, its function's included.
    package func state(ofNetdev name: String) -> FunctionState {
        for index in 0..<cores.limit where cores.contains(index) && cores[index].pointee.netdevName == name {
            let state = state(of: cores[index].pointee.interface.function)
            guard state == .ready else { return state }
            return netdev(onCore: index)?.pointee.isReady == true ? .ready : .absent
        }
        return .absent
    }

    /// Whether netdev `index` can be opened, and its function is well.
    package func isReady(_ index: Int) -> Bool {
        netdevs[index].pointee.isReady && cores[netdevs[index].pointee.core].pointee.state == .ready
    }

    /// Whether netdev `index` is up and has a carrier.
    package func isCarrierUp(_ index: Int) -> Bool { netdevs[index].pointee.isCarrierUp }

    /// Whether netdev `index` has nothing outstanding, nor its core driver.
    package func isSettled(_ index: Int) -> Bool {
        netdevs[index].pointee.isQuiet && cores[netdevs[index].pointee.core].pointee.isSettled
    }

    /// All counters of netdev `index` in the order of `ethtool -S`; those of the hardware are as old as the last
    /// refresh.
    package func counters(of index: Int) -> [(name: String, value: UInt64)] { netdevs[index].pointee.counters }

    /// The counter called `counter` of netdev `index`, as `ethtool -S` prints it.
    package func counter(_ counter: String, of index: Int) -> UInt64? { netdevs[index].pointee.counter(counter) }

    /// Starts reading the hardware counters of netdev `index`; they are there when the ticket's result is.
    package mutating func refreshStatistics(of index: Int, at now: SimTime, host: inout Host) -> CommandTicket {
        let ticket = makeTicket()
        let steps = netdevs[index].pointee.statisticsProgram()
        let program = ControlProgram(.command, steps, netdev: index, ticket: ticket)
        run(program, on: netdevs[index].pointee.core, at: now, host: &host)
        return ticket
    }

    /// The name of the netdev that `function` has or is to have; of a subfunction only when it was given `number`.
    package func netdevName(of function: FunctionID, numbered number: UInt32? = nil) -> String? {
        guard let core = core(of: function) else { return functionNames[function] }
        if let number, let parent = cores[core].pointee.parent, case .subfunction(let slice) = cores[core].pointee.kind
        {
            guard cores[parent].pointee.subfunctions[slice]?.number == number else { return nil }
        }
        return cores[core].pointee.netdevName
    }

    // MARK: Life

    /// The netdev on core driver `core`, if it has one.
    func netdev(onCore core: Int) -> UnsafeMutablePointer<Netdev>? {
        guard let index = auxiliary.netdev(onCore: core), netdevs.contains(index) else { return nil }
        return netdevs[index]
    }

    /// Makes a netdev on core driver `core`; the device knows nothing of it yet.
    mutating func makeNetdev(onCore core: Int) -> Int {
        let index = netdevs.nextIndex
        let settings = NetdevSettings(parameters: kernel.parameters, kind: cores[core].pointee.kind)
        let name = cores[core].pointee.netdevName
        _ = netdevs.insert(Netdev(name: name, index: index, life: makeLife(), core: core, settings: settings))
        netdevNames[name] = index
        let plan = plans[name] ?? NetdevPlan()
        let standard = planner(name)
        let netdev = netdevs[index]
        netdev.pointee.tapPoint = plan.tapPoint
        netdev.pointee.generator.largestByteCount = max(plan.largestByteCount, standard.largestByteCount)
        netdev.pointee.keepApplication(plan.application ?? standard.application ?? .sink)
        forgetStartedGenerator(on: name)
        refreshForwarding()
        return index
    }

    /// Ends netdev `index`, which the device has forgotten.
    mutating func releaseNetdev(_ index: Int) {
        guard netdevs.contains(index) else { return }
        let netdev = netdevs[index]
        let core = netdev.pointee.core
        if netdevNames[netdev.pointee.name] == index { netdevNames[netdev.pointee.name] = nil }
        if cores[core].pointee.program?.netdev == index { cores[core].pointee.program?.netdev = nil }
        auxiliary.setNetdev(nil, onCore: core)
        netdevs.remove(index)
        refreshForwarding()
    }
}
