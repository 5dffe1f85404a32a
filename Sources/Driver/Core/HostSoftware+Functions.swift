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
        _ function: FunctionID, at address: PCIAddress, netdev: String? = nil, isVirtual: Bool = false,
        at now: SimTime, host: inout Host
    ) {
        guard core(of: function) == nil else { return }
        let place = PluggedFunction(
            function: function, address: address, kind: isVirtual ? .virtual(index: 0) : .physical, parent: nil,
            netdev: netdev ?? address.predictableName)
        plugged.append(place)
        if hasCoreModule { start(place, at: now, host: &host) }
    }

    /// A PCI function that is there, whether it has a driver or not.
    struct PluggedFunction {
        var function: FunctionID
        var address: PCIAddress
        var kind: FunctionKind
        /// Core driver that manages it, if that is here.
        var parent: Int?
        var netdev: String
    }

    /// Makes the core driver of a function that was found, and lets it probe.
    mutating func start(_ place: PluggedFunction, at now: SimTime, host: inout Host) {
        let registers = RegisterWindow(function: place.function, bar: 0, base: 0)
        var interface = FunctionInterface(
            function: place.function, registers: registers, deviceName: place.address.description)
        interface.isManaged = place.kind != .physical
        let core = makeCore(
            interface, kind: place.kind, parent: place.parent, address: place.address, netdevName: place.netdev)
        probe(core, at: now, host: &host)
    }

    /// The function goes away: its drivers let go of it, and it is reset if it does not answer.
    package mutating func unplug(_ function: FunctionID, at now: SimTime, host: inout Host) {
        plugged.removeAll { $0.function == function }
        guard let core = core(of: function) else { return }
        remove(core, ticket: nil, at: now, host: &host)
    }

    /// The function is gone already, without having been let go of: everything kept for it is taken back.
    package mutating func drop(_ function: FunctionID, at now: SimTime, host: inout Host) {
        plugged.removeAll { $0.function == function }
        guard let core = core(of: function) else { return }
        drop(core, at: now, host: &host)
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
        for index in 0..<cores.limit where cores.contains(index) && !cores[index].pointee.subfunctions.isEmpty {
            // One that was told to be active is probed as soon as the device says that it is.
            let isComing = cores[index].pointee.subfunctions.values.contains {
                $0.isActive && $0.device == nil && (netdev == nil || $0.netdevName == netdev)
            }
            if isComing { return true }
        }
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
    mutating func releaseCore(_ index: Int, at now: SimTime, host: inout Host) {
        abandonPrograms(of: index, at: now)
        setCore(nil, of: cores[index].pointee.interface.function)
        auxiliary.release(core: index)
        let parent = cores[index].pointee.parent
        if let parent, cores.contains(parent), !cores[index].pointee.kind.hasPCIIdentity {
            cores[parent].pointee.share(cores[index].pointee.interface.controlVector, with: index, false)
        }
        cores.remove(index)
        if let parent, cores.contains(parent), case .awaitLeaving(let virtual) = cores[parent].pointee.step {
            if !hasChildren(parent, virtual: virtual) { finishStep(nil, on: parent, at: now, host: &host) }
        }
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
        // One that is being let go of comes to its end, which others may wait for.
        let programs = [cores[core].pointee.program].compactMap { $0 } + cores[core].pointee.waitingPrograms
        guard !programs.contains(where: \.releasesCore) else {
            return end(ticket, failure: "write error: No such device", at: now)
        }
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
            childrenSteps(of: core) + withdrawalSteps(of: core, keepsNetdevs: keepsNetdevs)
            + cores[core].pointee.unloadProgram()
        return keepsNetdevs ? leaving + [.local(.functionLevelReset), .wait(.milliseconds(100))] : leaving
    }

    /// The steps that take virtual functions and subfunctions away before their parent goes.
    private func childrenSteps(of core: Int) -> [ControlStep] {
        let virtual = disablingSteps(cores[core].pointee.virtualFunctions.count, of: core)
        guard !cores[core].pointee.subfunctions.isEmpty || cores[core].pointee.eswitch != nil else { return virtual }
        return virtual + [
            .local(.releaseHost), .local(.removeSubfunctions), .awaitLeaving(virtual: false),
            .local(.deallocateSubfunctions), .local(.disableEswitch),
        ]
    }

    private mutating func dropChildren(of parent: Int, at now: SimTime, host: inout Host) {
        for index in 0..<cores.limit where cores.contains(index) && cores[index].pointee.parent == parent {
            drop(index, at: now, host: &host)
        }
        for index in 0..<cores[parent].pointee.virtualFunctions.count {
            let (function, address) = place(ofVirtualFunction: index, of: parent)
            guard !host.isAttached(function) else { continue }
            foreign.append(ForeignFunction(function: function, address: address, hasCome: false))
        }
        endDeletions(of: parent, at: now)
        cores[parent].pointee.forgetOthers()
        auxiliary.dismissSubfunctions(of: parent)
    }

    private mutating func drop(_ index: Int, at now: SimTime, host: inout Host) {
        abandonPrograms(of: index, at: now)
        let core = cores[index]
        if let netdev = netdev(onCore: index) {
            netdev.pointee.forget(kernel: &kernel, host: &host)
            releaseNetdev(netdev.pointee.index)
        }
        core.pointee.forget(at: now, kernel: &kernel, host: &host)
        releaseCore(index, at: now, host: &host)
        checkPending(at: now)
    }

    /// Whether a virtual function, or a subfunction, of core driver `parent` has a core driver here.
    func hasChildren(_ parent: Int, virtual: Bool) -> Bool {
        for index in 0..<cores.limit where cores.contains(index) && cores[index].pointee.parent == parent {
            if cores[index].pointee.kind.hasPCIIdentity == virtual { return true }
        }
        return false
    }

    /// The steps that are left when a device does not answer: it is reset, and everything it kept is taken back.
    func forcedLeavingSteps(of core: Int, keepsNetdevs: Bool) -> [ControlStep] {
        var steps: [ControlStep] = [
            .local(.dropChildren), .local(.functionLevelReset), .wait(.milliseconds(100)),
        ]
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
        case .bindEthernet: try bindEthernet(core)
        case .unbindEthernet: try unbindEthernet(core)
        case .takeParameters: takeParameters(core)
        case .removeSubfunctions: removeSubfunctions(of: core, at: now, host: &host)
        case .deallocateSubfunctions: cores[core].pointee.prepend(deallocationSteps(of: core))
        case .dropChildren: dropChildren(of: core, at: now, host: &host)
        case .enableDevice, .setUpCommandQueue, .enterEventMode, .enterPollingMode, .queryManagerCapabilities,
            .becomeReady, .finishRemoval, .functionLevelReset, .forgetDevice:
            try cores[core].pointee.perform(step, at: now, kernel: &kernel, host: &host)
        default: try performManagement(step, on: core, at: now, host: &host)
        }
    }
}
