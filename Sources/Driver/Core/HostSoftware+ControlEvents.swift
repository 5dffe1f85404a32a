import Host
import Simulation
import Wire

/// Interrupts, and the events of the control vectors: commands done, pages wanted, links changed, queues failed
/// (section 5.5).
extension HostSoftware {
    /// Takes an interrupt of core driver `index`, whose vectors the subfunctions of the function share.
    mutating func interrupt(_ vector: UInt32, of index: Int, at now: SimTime) {
        let core = cores[index]
        let netdev = netdev(onCore: index)
        if Int(vector) == core.pointee.interface.controlVector || (netdev?.pointee.channelCount ?? 0) == 0 {
            kernel.events.schedule(core.pointee.controlEvent, at: now + kernel.parameters.perInterrupt)
        }
        netdev?.pointee.interrupt(
            vector, isShared: false, at: now, core: core.pointee.interface, kernel: &kernel)
        if !core.pointee.subfunctions.isEmpty { interruptSubfunctions(vector, of: index, at: now) }
    }

    /// The subfunctions that share a vector of their parent look whether it is for them.
    private mutating func interruptSubfunctions(_ vector: UInt32, of parent: Int, at now: SimTime) {
        guard Int(vector) < cores[parent].pointee.sharers.count else { return }
        for number in cores[parent].pointee.sharers[Int(vector)] {
            let index = Int(number)
            let core = cores[index]
            if core.pointee.interface.hasControlEvents {
                kernel.events.schedule(core.pointee.controlEvent, at: now + kernel.parameters.perInterrupt)
            }
            netdev(onCore: index)?.pointee.interrupt(
                vector, isShared: true, at: now, core: core.pointee.interface, kernel: &kernel)
        }
    }

    /// Reads the control event queues of core driver `index` and arms them again.
    mutating func serviceControlQueues(of number: Int, at now: SimTime, host: inout Host) {
        let core = cores[number]
        let life = core.pointee.life
        var index = 0
        while index < core.pointee.interface.eventQueues.count {
            let isChannels: Bool =
                if case .completion = core.pointee.interface.eventQueues[index].role { true } else { false }
            // The doorbell of a queue that is not made yet names queue 0 and raises one more interrupt. Where vectors are
            // shared nobody would look for what it is about, so it is left out there.
            let isMade = core.pointee.interface.eventQueues[index].isMade || core.pointee.kind == .physical
            guard !isChannels, isMade else {
                index += 1
                continue
            }
            let queue = core.pointee.interface.eventQueues[index].number
            for _ in 0..<FunctionInterface.eventBudget {
                guard index < core.pointee.interface.eventQueues.count,
                    let event = core.pointee.interface.eventQueues[index].next()
                else { break }
                take(event, of: number, at: now, host: &host)
                // Handling may have destroyed queues: go on only with the one that was being read.
                guard cores.contains(number), core.pointee.life == life,
                    index < core.pointee.interface.eventQueues.count,
                    core.pointee.interface.eventQueues[index].number == queue
                else { return }
            }
            core.pointee.interface.arm(index, at: now, host: &host)
            index += 1
        }
        core.pointee.servePageRequests(at: now, kernel: &kernel, host: &host)
    }

    private mutating func take(_ event: EventQueueEntry, of number: Int, at now: SimTime, host: inout Host) {
        let core = cores[number]
        switch event.type {
        case .commandInterface:
            for slot in 0..<2 {
                guard cores.contains(number), let queue = core.pointee.commands, queue.isBusy(slot) else { continue }
                let bit = UInt32(1) << UInt32(queue.entryIndex(slot))
                guard event.commandVector & bit != 0, queue.isFinished(slot, host: &host) else { continue }
                commandFinished(slot, of: number, at: now, host: &host)
            }
        case .pageRequest:
            let number = event.isEmbeddedCPUFunction ? CoreDriver.embeddedNumber : event.pageFunctionID
            core.pointee.pageWork.append(CoreDriver.PageRequest(function: number, count: Int(event.pageCount)))
        case .portChange:
            guard let netdev = netdev(onCore: number) else { return }
            netdev.pointee.statistics.linkChanges &+= 1
            guard netdev.pointee.settings.isOpen else { return }
            let steps: [ControlStep] = [.netdev(.queryVportState), .interface(.applyLinkState)]
            run(ControlProgram(.link, steps, netdev: netdev.pointee.index), on: number, at: now, host: &host)
        case .cqError:
            let syndrome = String(event.cqErrorSyndrome, radix: 16)
            let queue = String(event.cqErrorQueue, radix: 16)
            core.pointee.note("CQ error on CQN 0x\(queue), syndrome 0x\(syndrome)", at: now, kernel: &kernel)
            netdev(onCore: number)?.pointee.statistics.completionQueueErrors &+= 1
        case .wqCatastrophicError, .wqInvalidRequest, .wqAccessError:
            workQueueFailed(event, of: number, at: now, host: &host)
        case .nicVportChange:
            guard core.pointee.eswitch?.vports[event.vportNumber] != nil else { return }
            let steps = core.pointee.vportRefresh(event.vportNumber)
            run(ControlProgram(.link, steps), on: number, at: now, host: &host)
        case .eswFunctionsChanged:
            guard core.pointee.eswitch?.host != nil else { return }
            let steps: [ControlStep] = [.management(.queryHostFunctions), .local(.followHost)]
            run(ControlProgram(.link, steps), on: number, at: now, host: &host)
        case .vhcaStateChange: stateChanged(event.vhcaFunctionID, of: number, at: now, host: &host)
        case .completion, nil: break
        default:
            core.pointee.note(
                "event 0x\(String(event.eventTypeValue, radix: 16)) is not handled", at: now, kernel: &kernel)
        }
    }

    private mutating func workQueueFailed(
        _ event: EventQueueEntry, of number: Int, at now: SimTime, host: inout Host
    ) {
        let core = cores[number]
        let queue = String(event.queueNumber, radix: 16)
        let type = String(event.eventTypeValue, radix: 16)
        core.pointee.note("work queue error 0x\(type) on queue 0x\(queue)", at: now, kernel: &kernel)
        guard let netdev = netdev(onCore: number) else { return }
        netdev.pointee.statistics.workQueueErrors &+= 1
        // Send and receive queues have numbers of their own: the same one may be both.
        netdev.pointee.workQueueFailed(
            event.queueNumber, EventQueueType(rawValue: event.queueTypeValue), core: &core.pointee.interface)
        runRequests(of: number, at: now, host: &host)
    }

    // MARK: Health

    mutating func readHealth(of number: Int, generation: UInt16, at now: SimTime, host: inout Host) {
        let core = cores[number]
        guard generation == core.pointee.health.generation, core.pointee.state == .ready else { return }
        let tag = core.pointee.makeTag()
        core.pointee.healthTag = tag
        let offset = UInt32(InitializationSegment.healthCounter.offset)
        core.pointee.interface.registers.read(offset, tag: tag, at: now, host: &host)
        kernel.events.schedule(core.pointee.healthEvent, at: now + .milliseconds(2_000))
    }
}

extension CoreDriver {
    /// Compares the health counter with what it was: it must not stand still.
    mutating func checkHealth(_ value: UInt64, at now: SimTime, kernel: inout Kernel) {
        let counter = UInt32(truncatingIfNeeded: value).byteSwapped & 0xff_ffff
        health.missCount = counter == health.lastCounter ? health.missCount + 1 : 0
        health.lastCounter = counter
        guard health.missCount == 3 else { return }
        note("device's health compromised - reached miss count", at: now, kernel: &kernel)
        state = .failed(reason: "the health counter stands still")
    }
}
