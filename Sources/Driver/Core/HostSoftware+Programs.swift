import Host
import Simulation
import Wire

/// The interpreter of control programs: each core driver runs one at a time, its own or a consumer's.
extension HostSoftware {
    /// Runs `program` on core driver `index`, after those that run or wait already.
    mutating func run(_ program: ControlProgram, on index: Int, at now: SimTime, host: inout Host) {
        let core = cores[index]
        var program = program
        if let netdev = program.netdev, netdevs.contains(netdev) { program.netdevLife = netdevs[netdev].pointee.life }
        if core.pointee.program != nil {
            core.pointee.waitingPrograms.append(program)
        } else {
            core.pointee.program = program
            advance(index, at: now, host: &host)
        }
    }

    /// Runs what consumers of core driver `index` have asked for.
    mutating func runRequests(of index: Int, at now: SimTime, host: inout Host) {
        let requests = cores[index].pointee.interface.requests
        cores[index].pointee.interface.requests = []
        for program in requests { run(program, on: index, at: now, host: &host) }
    }

    /// Executes steps until one has to wait.
    mutating func advance(_ index: Int, at now: SimTime, host: inout Host) {
        let core = cores[index]
        while core.pointee.program != nil {
            guard core.pointee.step == nil else { return }
            guard let next = core.pointee.program?.next() else {
                let failure = core.pointee.program?.failure
                if endProgram(of: index, failure: failure, at: now, host: &host) { return }
                continue
            }
            core.pointee.step = next
            do throws(DriverError) {
                if try begin(next, on: index, at: now, host: &host) { core.pointee.step = nil }
            } catch {
                fail(error, on: index, at: now, host: &host)
            }
        }
    }

    /// Starts `step`; true when it is done already.
    private mutating func begin(
        _ step: ControlStep, on index: Int, at now: SimTime, host: inout Host
    ) throws(DriverError) -> Bool {
        let core = cores[index]
        let function = core.pointee.interface.function
        switch step {
        case .configurationRead(let offset, let byteCount, _):
            let tag = core.pointee.takeTag()
            host.send(.configurationRead(function, offset: UInt16(offset), byteCount: byteCount, tag: tag), at: now)
            return false
        case .configurationWrite(let offset, let byteCount, let value):
            host.send(
                .configurationWrite(function, offset: UInt16(offset), byteCount: byteCount, value: value), at: now)
            return true
        case .registerRead(let offset, _):
            let tag = core.pointee.takeTag()
            core.pointee.interface.registers.read(UInt32(offset), tag: tag, at: now, host: &host)
            return false
        case .registerWrite(let offset, let value):
            core.pointee.interface.registers.write(UInt32(offset), value, at: now, host: &host)
            return true
        case .wait(let duration):
            core.pointee.waitGeneration &+= 1
            kernel.events.schedule(core.pointee.waitEvent, at: now + duration)
            return false
        case .core(let step): return try core.pointee.begin(step, at: now, kernel: &kernel, host: &host)
        case .management(let step):
            guard let (opcode, input) = core.pointee.managementCommand(step) else { return true }
            let byteCount = core.pointee.outputByteCount(step, opcode)
            try core.pointee.post(
                opcode, input, outputByteCount: byteCount, slot: 0, at: now, kernel: &kernel, host: &host)
            return false
        case .awaitVirtualFunctions: return !hasChildren(index)
        case .local(let step):
            try perform(step, on: index, at: now, host: &host)
            return true
        case .select(let netdev):
            core.pointee.program?.netdev = netdev
            if netdevs.contains(netdev) { core.pointee.program?.netdevLife = netdevs[netdev].pointee.life }
            return true
        case .destroyAll(let scope):
            guard let object = lastObject(of: scope, on: index) else { return true }
            return try core.pointee.issue(object.destroyInput(), at: now, kernel: &kernel, host: &host)
        case .netdev, .channel, .query, .interface:
            return try beginForNetdev(step, on: index, at: now, host: &host)
        }
    }

    private mutating func beginForNetdev(
        _ step: ControlStep, on index: Int, at now: SimTime, host: inout Host
    ) throws(DriverError) -> Bool {
        let core = cores[index]
        let netdev = try selectedNetdev(on: index)
        let command: (Opcode, Record)?
        switch step {
        case .netdev(let step):
            command = try netdev.pointee.command(
                step, core: core.pointee.interface, kernel: &kernel, host: &host)
        case .channel(let step, let channel):
            command = try netdev.pointee.channelCommand(step, channel, core: core.pointee.interface)
        case .query(let query): command = netdev.pointee.queryCommand(query)
        case .interface(.report(let kind)):
            let text = netdev.pointee.report(kind, core: core.pointee.interface)
            core.pointee.program?.output += text
            return true
        case .interface(.check(let action)) where core.pointee.state != .ready && !action.isReport:
            throw DriverError("\(netdev.pointee.name): the device is not ready")
        case .interface(let action):
            let steps = try netdev.pointee.perform(
                action, at: now, core: &core.pointee.interface, kernel: &kernel, host: &host)
            core.pointee.prepend(steps)
            return true
        default: return true
        }
        return try core.pointee.issue(command, at: now, kernel: &kernel, host: &host)
    }

    private func selectedNetdev(on index: Int) throws(DriverError) -> UnsafeMutablePointer<Netdev> {
        guard let netdev = selectedNetdevIndex(on: index) else { throw DriverError("the network interface is gone") }
        return netdevs[netdev]
    }

    /// The number of the netdev that the running program of core driver `index` is about, while that exists.
    func selectedNetdevIndex(on index: Int) -> Int? {
        guard let netdev = cores[index].pointee.program?.netdev, netdevs.contains(netdev),
            netdevs[netdev].pointee.life == cores[index].pointee.program?.netdevLife
        else { return nil }
        return netdev
    }

    /// Ends the step that was waited for, with the output of its command.
    mutating func finishStep(_ output: Record?, on index: Int, at now: SimTime, host: inout Host) {
        let core = cores[index]
        guard let finished = core.pointee.step else { return }
        core.pointee.step = nil
        let output = output ?? Record(byteCount: 16)
        do throws(DriverError) {
            switch finished {
            case .core(let step): try core.pointee.finish(step, output, at: now, kernel: &kernel, host: &host)
            case .management(.queryState(let number)):
                takeState(output, of: number, on: index, at: now, host: &host)
            case .management(let step): core.pointee.finish(step, output)
            case .netdev(let step):
                let number = core.pointee.interface.function.index
                try selectedNetdev(on: index).pointee.finish(step, output, functionIndex: number)
            case .channel(let step, let channel):
                try selectedNetdev(on: index).pointee.finishChannel(step, channel, output)
            case .query(let query): try selectedNetdev(on: index).pointee.finish(query, output)
            case .destroyAll(let scope):
                forgetLastObject(of: scope, on: index, host: &host)
                core.pointee.prepend([.destroyAll(scope)])
            case .configurationRead, .configurationWrite, .registerRead, .registerWrite, .wait, .local, .select,
                .awaitVirtualFunctions,
                .interface:
                break
            }
        } catch {
            fail(error, on: index, at: now, host: &host)
        }
        advance(index, at: now, host: &host)
    }

    /// A pause is over.
    mutating func finishWait(of index: Int, generation: UInt32, at now: SimTime, host: inout Host) {
        guard generation == cores[index].pointee.waitGeneration, case .wait = cores[index].pointee.step else { return }
        finishStep(nil, on: index, at: now, host: &host)
    }

    /// A value read from the bus arrived.
    mutating func finishRead(_ tag: UInt32, _ value: UInt64, of index: Int, at now: SimTime, host: inout Host) {
        let core = cores[index]
        if tag == core.pointee.healthTag {
            core.pointee.healthTag = nil
            core.pointee.checkHealth(value, at: now, kernel: &kernel)
            return
        }
        guard tag == core.pointee.awaitedTag else { return }
        core.pointee.awaitedTag = nil
        guard let finished = core.pointee.step else { return }
        core.pointee.step = nil
        do throws(DriverError) {
            switch finished {
            case .configurationRead(_, _, let use):
                try core.pointee.configurationValue(UInt32(truncatingIfNeeded: value), for: use)
            case .registerRead(_, let use):
                try core.pointee.registerValue(UInt32(truncatingIfNeeded: value).byteSwapped, for: use)
            default: break
            }
        } catch {
            fail(error, on: index, at: now, host: &host)
        }
        advance(index, at: now, host: &host)
    }
}
