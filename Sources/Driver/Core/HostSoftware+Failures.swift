import Host
import Simulation
import Wire

/// How control programs end, and what a failure means for them.
extension HostSoftware {
    /// The running program of core driver `index` cannot go on.
    mutating func fail(_ error: DriverError, on index: Int, at now: SimTime, host: inout Host) {
        let core = cores[index]
        core.pointee.note(error.text, at: now, kernel: &kernel)
        core.pointee.step = nil
        core.pointee.program?.removeAll()
        if let number = selectedNetdevIndex(on: index),
            netdevs[number].pointee.settings.isOpening, core.pointee.program?.failure == nil
        {
            // Channels half made are unmade: the interface is down, and can be opened again when there is room.
            netdevs[number].pointee.settings.isOpening = false
            core.pointee.program?.failure = error
            core.pointee.prepend(netdevs[number].pointee.closeProgram())
            return
        }
        if core.pointee.program?.failure == nil, let steps = undoingSteps(of: index) {
            // What was begun for a netdev, for virtual functions or a subfunction is taken back.
            core.pointee.program?.failure = error
            core.pointee.prepend(steps)
            return
        }
        if core.pointee.program?.kind == .remove, core.pointee.program?.isForced == false {
            // A removal always comes to its end: what the device cannot be asked for, a reset takes.
            core.pointee.program?.isForced = true
            let keepsNetdevs = core.pointee.program?.keepsNetdevs ?? false
            core.pointee.prepend(forcedLeavingSteps(of: index, keepsNetdevs: keepsNetdevs))
            return
        }
        let failure = core.pointee.program?.failure ?? error
        _ = endProgram(of: index, failure: failure, at: now, host: &host)
    }

    /// The steps that take back what the failed program of core driver `index` had begun; `nil` when there is nothing.
    private mutating func undoingSteps(of index: Int) -> [ControlStep]? {
        let core = cores[index]
        switch core.pointee.program?.kind {
        case .command:
            let count = core.pointee.virtualFunctions.enablingCount
            if count > 0 { return disablingSteps(count, of: index) }
            guard let netdev = netdev(onCore: index), !netdev.pointee.isReady else { return nil }
            return withdrawalSteps(of: index, keepsNetdevs: false)
        case .subfunction(let slice):
            core.pointee.subfunctions[slice] = nil
            return nil
        case .activity(let slice, let wasActive):
            core.pointee.subfunctions[slice]?.isActive = wasActive
            let vport = core.pointee.interface.capabilities.firstSubfunction + UInt16(slice)
            return wasActive ? nil : [.local(.disableVport(vport))]
        default: return nil
        }
    }

    /// Ends the running program of core driver `index` and begins the next; true when the core driver is gone with it.
    mutating func endProgram(of index: Int, failure: DriverError?, at now: SimTime, host: inout Host) -> Bool {
        let core = cores[index]
        guard let ended = core.pointee.program else { return false }
        core.pointee.program = nil
        core.pointee.step = nil
        core.pointee.awaitedTag = nil
        if let ticket = ended.ticket {
            results.append(CommandResult(ticket: ticket, time: now, output: ended.output, failure: failure))
        }
        if let failure, ended.kind == .probe || ended.kind == .remove {
            core.pointee.state = .failed(reason: failure.text)
            for waiting in core.pointee.waitingPrograms {
                guard let ticket = waiting.ticket else { continue }
                results.append(CommandResult(ticket: ticket, time: now, output: "", failure: failure))
            }
            core.pointee.waitingPrograms = []
            checkPending(at: now)
            return false
        }
        if ended.kind == .probe { checkPending(at: now) }
        if ended.releasesCore {
            releaseCore(index, at: now, host: &host)
            checkPending(at: now)
            return true
        }
        if !core.pointee.waitingPrograms.isEmpty { core.pointee.program = core.pointee.waitingPrograms.removeFirst() }
        return false
    }

    /// Ends every program of core driver `index` that runs or waits: the device is about to be reset.
    mutating func abandonPrograms(of index: Int, at now: SimTime) {
        let core = cores[index]
        let error = DriverError("\(core.pointee.interface.deviceName): the device is being reset")
        let all = [core.pointee.program].compactMap { $0 } + core.pointee.waitingPrograms
        core.pointee.program = nil
        core.pointee.step = nil
        core.pointee.awaitedTag = nil
        core.pointee.waitGeneration &+= 1
        core.pointee.waitingPrograms = []
        for abandoned in all {
            guard let ticket = abandoned.ticket else { continue }
            results.append(CommandResult(ticket: ticket, time: now, output: "", failure: error))
        }
    }

    // MARK: Commands

    /// Looks whether the command of `slot` is finished; asks to look again when not.
    mutating func pollCommand(
        _ slot: Int, of index: Int, tries: UInt16, generation: UInt16, at now: SimTime, host: inout Host
    ) {
        let core = cores[index]
        guard let queue = core.pointee.commands, queue.isBusy(slot), queue.slots[slot].generation == generation
        else { return }
        if queue.isFinished(slot, host: &host) {
            commandFinished(slot, of: index, at: now, host: &host)
            return
        }
        if now > queue.slots[slot].deadline {
            let name = queue.slots[slot].opcode.map { "\($0)" } ?? "a command"
            // The device may still write the entry and its mailboxes: nothing goes there until a reset.
            core.pointee.commands?.slots[slot].opcode = nil
            core.pointee.commands?.isBroken = true
            core.pointee.state = .failed(reason: "\(name) was never answered")
            let error = DriverError("\(name) timed out. Will cause a leak of a command resource")
            commandFailed(slot, error, of: index, at: now, host: &host)
            return
        }
        core.pointee.scheduleCommandPoll(slot, tries: tries, at: now, kernel: &kernel)
    }

    /// Takes the output of the finished command of `slot` to whom it belongs.
    mutating func commandFinished(_ slot: Int, of index: Int, at now: SimTime, host: inout Host) {
        let core = cores[index]
        do throws(DriverError) {
            guard let output = try core.pointee.commands?.take(slot, host: &host) else { return }
            guard slot == 1 else {
                finishStep(output, on: index, at: now, host: &host)
                return
            }
            if try core.pointee.pageCommandFinished(output, kernel: &kernel, host: &host) {
                finishStep(output, on: index, at: now, host: &host)
            }
            guard cores.contains(index) else { return }
            core.pointee.servePageRequests(at: now, kernel: &kernel, host: &host)
        } catch {
            commandFailed(slot, error, of: index, at: now, host: &host)
        }
    }

    private mutating func commandFailed(
        _ slot: Int, _ error: DriverError, of index: Int, at now: SimTime, host: inout Host
    ) {
        let core = cores[index]
        if slot == 1 {
            core.pointee.pageCommandFailed(kernel: &kernel, host: &host)
            guard core.pointee.pageCommandServesProgram else {
                core.pointee.note(error.text, at: now, kernel: &kernel)
                return
            }
        }
        if isTolerated(error, of: index, at: now) {
            finishFailedStep(of: index, at: now, host: &host)
            return
        }
        fail(error, on: index, at: now, host: &host)
        advance(index, at: now, host: &host)
    }

    /// Whether the step that failed is one a real driver goes on without.
    private mutating func isTolerated(_ error: DriverError, of index: Int, at now: SimTime) -> Bool {
        let core = cores[index]
        if core.pointee.program?.failure != nil, core.pointee.commands?.isBroken != true {
            core.pointee.note(error.text, at: now, kernel: &kernel)
            return true
        }
        if case .management = core.pointee.step, core.pointee.program?.kind == .remove {
            core.pointee.note(error.text, at: now, kernel: &kernel)
            return true
        }
        switch core.pointee.step {
        case .destroyAll, .query, .netdev(.readRegister), .core(.hostEndianness), .netdev(.writePMTU),
            .netdev(.portAdmin), .netdev(.modifyVportMTU), .core(.queryAdapter), .core(.teardownHCA),
            .core(.disableHCA), .core(.setAnchorRoot), .netdev(.setRoot), .netdev(.setL2Entry), .netdev(.queryPMTU),
            .channel(.errorSQ, _), .channel(.errorRQ, _), .management(.updateRule), .management(.disableFunction),
            .management(.armVport), .management(.queryList), .management(.destroyScheduler),
            .management(.destroyRootScheduler), .netdev(.modifyVportMulticast),
            .core(.queryCapabilities(.eswitchFlowTable, maximum: _)), .core(.queryCapabilities(.eswitch, maximum: _)),
            .core(.queryCapabilities(.qos, maximum: _)):
            core.pointee.note(error.text, at: now, kernel: &kernel)
            return true
        default: return false
        }
    }

    private mutating func finishFailedStep(of index: Int, at now: SimTime, host: inout Host) {
        let core = cores[index]
        if case .destroyAll(let scope) = core.pointee.step {
            // What cannot be destroyed is leaked, and said to be; the rest still goes.
            removeLastObject(of: scope, on: index)
            core.pointee.prepend([.destroyAll(scope)])
        }
        core.pointee.step = nil
        advance(index, at: now, host: &host)
    }
}
