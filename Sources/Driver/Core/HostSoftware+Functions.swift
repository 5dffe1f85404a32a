package import Host
package import Simulation

/// Functions that come and go.
extension HostSoftware {
    /// Where a function's software is in its life.
    package enum FunctionState: Equatable, Sendable { case absent, probing, ready, removing, failed(reason: String) }

    /// The PCI core found `function` at `address`: its core driver probes it, and a netdev follows, called `netdev`.
    ///
    /// Without a name the netdev gets the one that systemd would give it.
    package mutating func plug(
        _ function: FunctionID, at address: PCIAddress, netdev: String? = nil, at now: SimTime, host: inout Host
    ) {
        guard core(of: function) == nil else { return }
        let registers = RegisterWindow(function: function, bar: 0, base: 0)
        let interface = FunctionInterface(function: function, registers: registers, deviceName: address.description)
        let name = netdev ?? address.predictableName
        let core = makeCore(interface, kind: .physical, parent: nil, address: address, netdevName: name)
        probe(core, at: now, host: &host)
    }

    /// The function goes away: its drivers let go of it, and it is reset if it does not answer.
    package mutating func unplug(_ function: FunctionID, at now: SimTime, host: inout Host) {
        guard let core = core(of: function) else { return }
        remove(core, ticket: nil, at: now, host: &host)
    }

    /// Where the software of `function` is in its life.
    package func state(of function: FunctionID) -> FunctionState {
        guard let core = core(of: function) else { return .absent }
        return switch cores[core].pointee.state {
        case .idle, .probing: .probing
        case .ready: .ready
        case .removing: .removing
        case .removed: .absent
        case .failed(let reason): .failed(reason: reason)
        }
    }

    /// Whether the function whose netdev is to be called `netdev` is being probed; any function without a name.
    package func isProbing(_ netdev: String? = nil) -> Bool {
        for index in 0..<cores.limit where cores.contains(index) && cores[index].pointee.state == .probing {
            if netdev == nil || netdev == cores[index].pointee.netdevName { return true }
        }
        return false
    }

    /// Device objects, pages and bytes of memory that are accounted for `function`: all zero after its removal.
    package func outstanding(of function: FunctionID) -> (objects: Int, pages: Int, memoryByteCount: UInt64) {
        let bytes = kernel.memory.usedByteCount(of: function)
        guard let core = core(of: function) else { return (0, 0, bytes) }
        let netdevObjects = netdev(onCore: core)?.pointee.objects.count ?? 0
        return (cores[core].pointee.objects.count + netdevObjects, cores[core].pointee.pageCount, bytes)
    }

    /// Commands that were issued to `function` since it was found.
    package func commandCount(of function: FunctionID) -> Int {
        core(of: function).map { cores[$0].pointee.commands?.issuedCount ?? 0 } ?? 0
    }

    /// Nothing is outstanding on any function: no program runs, no command is in flight, no send is unfinished.
    package var isSettled: Bool {
        for index in 0..<cores.limit where cores.contains(index) && !cores[index].pointee.isSettled { return false }
        for index in 0..<netdevs.limit where netdevs.contains(index) && !netdevs[index].pointee.isQuiet {
            return false
        }
        return true
    }

    // MARK: Core drivers

    /// Makes the core driver of a function; nothing has been asked of the device yet.
    mutating func makeCore(
        _ interface: consuming FunctionInterface, kind: FunctionKind, parent: Int?, address: PCIAddress?,
        netdevName: String
    ) -> Int {
        interface.core = cores.nextIndex
        let function = interface.function
        let core = CoreDriver(
            interface: interface, kind: kind, life: makeLife(), parent: parent, address: address,
            netdevName: netdevName)
        let index = cores.insert(core)
        setCore(index, of: function)
        return index
    }

    /// Ends core driver `index`, whose function was let go of.
    mutating func releaseCore(_ index: Int, at now: SimTime) {
        abandonPrograms(of: index, at: now)
        setCore(nil, of: cores[index].pointee.interface.function)
        auxiliary.dismiss(core: index)
        cores.remove(index)
    }

    /// Begins the probe of core driver `core`.
    mutating func probe(_ core: Int, ticket: CommandTicket? = nil, at now: SimTime, host: inout Host) {
        cores[core].pointee.state = .probing
        let steps = cores[core].pointee.probeProgram()
        run(ControlProgram(.probe, steps, ticket: ticket), on: core, at: now, host: &host)
    }

    /// Begins the removal of core driver `core`: closes what is open, gives everything back and lets the function go.
    mutating func remove(_ core: Int, ticket: CommandTicket?, at now: SimTime, host: inout Host) {
        let canRemove = cores[core].pointee.canRemove
        if canRemove {
            cores[core].pointee.state = .removing
        } else {
            abandonPrograms(of: core, at: now)
        }
        var program = ControlProgram(.remove, [.local(.leave)], ticket: ticket)
        program.isForced = !canRemove
        program.releasesCore = true
        run(program, on: core, at: now, host: &host)
    }

    /// A function-level reset: everything is given back, the function starts over, and it is probed again; netdevs
    /// stay, and one that was up comes up again.
    mutating func reset(_ core: Int, ticket: CommandTicket, at now: SimTime, host: inout Host) {
        let canRemove = cores[core].pointee.canRemove
        if !canRemove { abandonPrograms(of: core, at: now) }
        var removal = ControlProgram(.remove, [.local(.leave)])
        removal.isForced = !canRemove
        removal.keepsNetdevs = true
        run(removal, on: core, at: now, host: &host)
        let steps = [.local(.beginProbe)] + cores[core].pointee.probeProgram() + [.local(.resumeNetdev)]
        run(ControlProgram(.probe, steps, ticket: ticket), on: core, at: now, host: &host)
    }

    /// The steps that let go of a function, as the running program wants it: without its help when it does not answer.
    private func leavingSteps(of core: Int) -> [ControlStep] {
        let keepsNetdevs = cores[core].pointee.program?.keepsNetdevs ?? false
        if cores[core].pointee.program?.isForced == true {
            return forcedLeavingSteps(of: core, keepsNetdevs: keepsNetdevs)
        }
        let leaving =
            withdrawalSteps(of: core, keepsNetdevs: keepsNetdevs) + cores[core].pointee.unloadProgram()
        return keepsNetdevs ? leaving + [.local(.functionLevelReset), .wait(.milliseconds(100))] : leaving
    }

    /// The steps that are left when a device does not answer: it is reset, and everything it kept is taken back.
    func forcedLeavingSteps(of core: Int, keepsNetdevs: Bool) -> [ControlStep] {
        var steps: [ControlStep] = [.local(.functionLevelReset), .wait(.milliseconds(100))]
        if let netdev = netdev(onCore: core)?.pointee.index {
            steps.append(.select(netdev: netdev))
            if keepsNetdevs { steps.append(.interface(.noteReopening)) }
            steps += [.interface(.forgetDevice), .interface(.finishRemoval)]
            if !keepsNetdevs { steps.append(.local(.releaseNetdev(netdev))) }
        }
        return steps + [.local(.forgetDevice), .local(.finishRemoval)]
    }

    /// Does what needs no answer from the device.
    mutating func perform(
        _ step: LocalStep, on core: Int, at now: SimTime, host: inout Host
    ) throws(DriverError) {
        switch step {
        case .publish: publish(core, at: now)
        case .leave: cores[core].pointee.prepend(leavingSteps(of: core))
        case .beginProbe: cores[core].pointee.state = .probing
        case .resumeNetdev:
            guard let netdev = netdev(onCore: core)?.pointee.index else { return }
            cores[core].pointee.prepend([.select(netdev: netdev), .interface(.resumeAfterReset)])
        case .releaseNetdev(let netdev): releaseNetdev(netdev)
        default: try cores[core].pointee.perform(step, at: now, kernel: &kernel, host: &host)
        }
    }
}
