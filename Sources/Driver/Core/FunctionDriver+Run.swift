import Host
import Simulation
import Wire

/// The interpreter of control programs.
extension FunctionDriver {
    /// Runs `program`, after those that run or wait already.
    mutating func run(_ program: ControlProgram, at now: SimTime, host: inout Host) {
        if self.program != nil {
            waitingPrograms.append(program)
        } else {
            self.program = program
            advance(at: now, host: &host)
        }
    }

    /// Executes steps until one has to wait.
    mutating func advance(at now: SimTime, host: inout Host) {
        while program != nil {
            guard step == nil else { return }
            guard let next = program?.next() else {
                endProgram(failure: program?.failure, at: now, host: &host)
                continue
            }
            step = next
            do throws(DriverError) {
                if try begin(next, at: now, host: &host) { step = nil }
            } catch {
                fail(error, at: now, host: &host)
            }
        }
    }

    /// Starts `step`; true when it is done already.
    private mutating func begin(_ step: ControlStep, at now: SimTime, host: inout Host) throws(DriverError) -> Bool {
        switch step {
        case .configurationRead(let offset, let byteCount, _):
            host.send(
                .configurationRead(function, offset: UInt16(offset), byteCount: byteCount, tag: takeTag()), at: now)
            return false
        case .configurationWrite(let offset, let byteCount, let value):
            host.send(
                .configurationWrite(function, offset: UInt16(offset), byteCount: byteCount, value: value), at: now)
            return true
        case .registerRead(let offset, _):
            host.send(
                .memoryRead(function, bar: 0, byteCount: 4, offset: UInt32(offset), tag: takeTag()), at: now)
            return false
        case .registerWrite(let offset, let value):
            writeRegister(UInt32(offset), value, at: now, host: &host)
            return true
        case .wait(let duration):
            waitGeneration &+= 1
            events.schedule(.waitOver(generation: waitGeneration), at: now + duration)
            return false
        case .core(let core): return try beginCore(core, at: now, host: &host)
        case .netdev(let netdev): return try issue(netdevCommand(netdev, host: &host), at: now, host: &host)
        case .channel(let channel, let index):
            return try issue(channelCommand(channel, index, host: &host), at: now, host: &host)
        case .query(let query): return try issue(queryCommand(query), at: now, host: &host)
        case .destroyAll(let scope):
            guard let object = objects.last(where: { $0.scope == scope }) else { return true }
            return try issue(object.destroyInput(), at: now, host: &host)
        case .local(let local):
            try perform(local, at: now, host: &host)
            return true
        }
    }

    /// Ends the step that was waited for, with the output of its command.
    mutating func finishStep(_ output: Record?, at now: SimTime, host: inout Host) {
        guard let finished = step else { return }
        step = nil
        do throws(DriverError) {
            switch finished {
            case .core(let core): try finishCore(core, output ?? Record(byteCount: 16), at: now, host: &host)
            case .netdev(let netdev): try finishNetdev(netdev, output ?? Record(byteCount: 16), at: now, host: &host)
            case .channel(let channel, let index):
                finishChannel(channel, index, output ?? Record(byteCount: 16))
            case .query(let query): finishQuery(query, output ?? Record(byteCount: 16), at: now)
            case .destroyAll(let scope):
                if let index = objects.lastIndex(where: { $0.scope == scope }) {
                    let object = objects.remove(at: index)
                    forget(object, host: &host)
                }
                program?.prepend([.destroyAll(scope)])
            case .configurationRead, .configurationWrite, .registerRead, .registerWrite, .wait, .local: break
            }
        } catch {
            fail(error, at: now, host: &host)
        }
        advance(at: now, host: &host)
    }

    /// A value read from the bus arrived.
    mutating func finishRead(_ value: UInt64, at now: SimTime, host: inout Host) {
        guard let finished = step else { return }
        step = nil
        do throws(DriverError) {
            switch finished {
            case .configurationRead(_, _, let use):
                try configurationValue(UInt32(truncatingIfNeeded: value), for: use)
            case .registerRead(_, let use):
                try registerValue(UInt32(truncatingIfNeeded: value).byteSwapped, for: use, at: now)
            default: break
            }
        } catch {
            fail(error, at: now, host: &host)
        }
        advance(at: now, host: &host)
    }

    /// The running program cannot go on.
    mutating func fail(_ error: DriverError, at now: SimTime, host: inout Host) {
        note(error.text, at: now)
        step = nil
        program?.removeAll()
        if netdev.isOpening, program?.failure == nil {
            // Channels half made are unmade: the interface is down, and can be opened again when there is room.
            netdev.isOpening = false
            program?.failure = error
            let undoing = closeProgram()
            program?.prepend(undoing)
            return
        }
        if program?.kind == .remove, program?.isForced == false {
            // A removal always comes to its end: what the device cannot be asked for, a reset takes.
            program?.isForced = true
            let rest = forcedRemoval()
            program?.prepend(rest)
            return
        }
        endProgram(failure: program?.failure ?? error, at: now, host: &host)
    }

    private mutating func endProgram(failure: DriverError?, at now: SimTime, host: inout Host) {
        guard let ended = program else { return }
        program = nil
        step = nil
        awaitedTag = nil
        if let ticket = ended.ticket {
            results.append(CommandResult(ticket: ticket, time: now, output: ended.output, failure: failure))
        }
        if let failure, ended.kind == .probe || ended.kind == .remove {
            state = .failed(reason: failure.text)
            for waiting in waitingPrograms {
                guard let ticket = waiting.ticket else { continue }
                results.append(CommandResult(ticket: ticket, time: now, output: "", failure: failure))
            }
            waitingPrograms = []
            return
        }
        if !waitingPrograms.isEmpty { program = waitingPrograms.removeFirst() }
    }

    mutating func takeTag() -> UInt32 {
        let tag = nextTag
        nextTag &+= 1
        awaitedTag = tag
        return tag
    }

    /// Writes a big-endian word of BAR0.
    func writeRegister(_ offset: UInt32, _ value: UInt32, at time: SimTime, host: inout Host) {
        host.send(
            .memoryWrite(function, bar: 0, byteCount: 4, offset: offset, value: UInt64(value.byteSwapped)), at: time)
    }

    // MARK: Commands

    /// Issues a command of the running program; true when there is none.
    mutating func issue(_ command: (Opcode, Record)?, at now: SimTime, host: inout Host) throws(DriverError) -> Bool {
        guard let (opcode, input) = command else { return true }
        try post(opcode, input, outputByteCount: opcode.outputByteCount, slot: 0, at: now, host: &host)
        return false
    }

    /// Puts a command into `slot` and rings for it.
    mutating func post(
        _ opcode: Opcode, _ input: Record, outputByteCount: Int, slot: Int, at now: SimTime, host: inout Host
    ) throws(DriverError) {
        guard commands?.isBroken != true else { throw DriverError("\(opcode): a command was never answered") }
        guard commands != nil else { throw DriverError("\(opcode): the command interface is not set up") }
        var length = outputByteCount
        if opcode == .accessRegister { length = input.byteCount }
        try commands?.post(input, opcode: opcode, outputByteCount: length, slot: slot, host: &host)
        commands?.slots[slot].deadline = now + parameters.commandTimeout
        let bit = UInt32(1) << UInt32(commands?.entryIndex(slot) ?? 0)
        writeRegister(UInt32(InitializationSegment.commandDoorbellVector.offset), bit, at: now, host: &host)
        let generation = commands?.slots[slot].generation ?? 0
        let usesEvents = commands?.usesEvents ?? false
        let delay = usesEvents ? SimDuration.milliseconds(1) : parameters.commandPollInterval
        events.schedule(.pollCommand(slot: UInt8(slot), tries: 0, generation: generation), at: now + delay)
    }

    /// Looks whether the command of `slot` is finished; asks to look again when not.
    mutating func pollCommand(_ slot: Int, tries: UInt16, generation: UInt16, at now: SimTime, host: inout Host) {
        guard let queue = commands, queue.isBusy(slot), queue.slots[slot].generation == generation else { return }
        if queue.isFinished(slot, host: &host) {
            commandFinished(slot, at: now, host: &host)
            return
        }
        if now > queue.slots[slot].deadline {
            let name = queue.slots[slot].opcode.map { "\($0)" } ?? "a command"
            // The device may still write the entry and its mailboxes: nothing goes there until a reset.
            commands?.slots[slot].opcode = nil
            commands?.isBroken = true
            state = .failed(reason: "\(name) was never answered")
            commandFailed(
                slot, DriverError("\(name) timed out. Will cause a leak of a command resource"), at: now, &host)
            return
        }
        // Ownership is polled at first often, then ever less: a lost event costs time, not the run.
        let base = queue.usesEvents ? SimDuration.milliseconds(1) : parameters.commandPollInterval
        let delay = base * (1 << min(Int(tries) / 16, 16))
        let next = Event.pollCommand(slot: UInt8(slot), tries: tries &+ 1, generation: generation)
        events.schedule(next, at: now + delay)
    }

    /// Takes the output of the finished command of `slot` to whom it belongs.
    mutating func commandFinished(_ slot: Int, at now: SimTime, host: inout Host) {
        do throws(DriverError) {
            guard let output = try commands?.take(slot, host: &host) else { return }
            if slot == 1 {
                try pageCommandFinished(output, at: now, host: &host)
            } else {
                finishStep(output, at: now, host: &host)
            }
        } catch {
            commandFailed(slot, error, at: now, &host)
        }
    }

    private mutating func commandFailed(_ slot: Int, _ error: DriverError, at now: SimTime, _ host: inout Host) {
        if slot == 1 {
            if case .giving(let allocation?, let count) = pageCommand {
                if commands?.isBroken == true {
                    // The device may have taken them.
                    pages.add(allocation, pageCount: count)
                } else {
                    memory.release(allocation, host: &host)
                }
            }
            pageCommand = .none
            guard pageCommandServesProgram else {
                note(error.text, at: now)
                return
            }
        }
        if isTolerated(error, at: now) {
            finishFailedStep(at: now, host: &host)
            return
        }
        fail(error, at: now, host: &host)
        advance(at: now, host: &host)
    }

    /// Whether the step that failed is one a real driver goes on without.
    private mutating func isTolerated(_ error: DriverError, at now: SimTime) -> Bool {
        if program?.failure != nil, commands?.isBroken != true {
            note(error.text, at: now)
            return true
        }
        switch step {
        case .destroyAll, .query, .netdev(.readRegister), .core(.hostEndianness), .netdev(.writePMTU),
            .netdev(.portAdmin), .netdev(.modifyVportMTU), .core(.queryAdapter), .core(.teardownHCA),
            .core(.disableHCA), .core(.setRoot), .netdev(.setL2Entry), .netdev(.queryPMTU), .channel(.errorSQ, _),
            .channel(.errorRQ, _):
            note(error.text, at: now)
            return true
        default: return false
        }
    }

    private mutating func finishFailedStep(at now: SimTime, host: inout Host) {
        if case .destroyAll(let scope) = step {
            // What cannot be destroyed is leaked, and said to be; the rest still goes.
            if let index = objects.lastIndex(where: { $0.scope == scope }) { objects.remove(at: index) }
            program?.prepend([.destroyAll(scope)])
        }
        step = nil
        advance(at: now, host: &host)
    }

    /// Drops what the driver kept for an object that is gone.
    private mutating func forget(_ object: DeviceObject, host: inout Host) {
        if object.kind == .flowTable {
            for table in netdev.tables.indices where netdev.tables[table] == object.id { netdev.tables[table] = nil }
            if device.anchorTable == object.id { device.anchorTable = nil }
        }
        guard object.kind == .eq else { return }
        guard let index = device.eventQueues.firstIndex(where: { UInt32($0.number) == object.id }) else { return }
        let queue = device.eventQueues.remove(at: index)
        memory.release(queue.ring.allocation, host: &host)
        queue.ring.deallocate()
    }
}
