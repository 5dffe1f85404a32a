import Host
import Simulation

/// What a netdev does within a program without asking the device; it may put more steps in front of the rest.
extension Netdev {
    mutating func perform(
        _ action: NetdevAction, at now: SimTime, core: inout FunctionInterface, kernel: inout Kernel,
        host: inout Host
    ) throws(DriverError) -> [ControlStep] {
        switch action {
        case .prepare:
            settings.prepare(channelLimit: core.channelLimit, parameters: kernel.parameters)
            return probeProgram(isManaged: core.isManaged)
        case .becomeReady: isReady = true
        case .finishRemoval: finishRemoval(kernel: &kernel, host: &host)
        case .open: if !settings.isOpen { return openProgram() }
        case .keepAddress: if settings.hasMadeUpAddress { return [.netdev(.modifyVportAddress)] }
        case .close: if settings.isOpen { return closeProgram() }
        case .allocateChannels: try allocateChannels(core: core, kernel: &kernel, host: &host)
        case .activateChannels: activateChannels(at: now, core: &core, host: &host)
        case .deactivateChannels: deactivateChannels()
        case .freeChannels: freeChannels(kernel: &kernel, host: &host)
        case .finishOpening: settings.isOpening = false
        case .applyLinkState: applyLinkState(at: now, core: core, kernel: &kernel)
        case .report: break
        case .check(let action): try check(action)
        case .apply(let action): try apply(action)
        case .suspend:
            reopens = settings.isOpen
            if reopens { return closeProgram() }
        case .resume: if reopens, !settings.isOpen { return openProgram() }
        case .refreshReceiveMode: return receiveModeRefresh()
        case .refreshModeration: return moderationRefresh()
        case .refreshIndirection: if settings.isOpen { return [.netdev(.modifyIndirectRQT(open: true))] }
        case .noteReopening: reopensAfterReset = settings.isOpen
        case .forgetDevice: forgetDevice(kernel: &kernel, host: &host)
        case .resumeAfterReset: if reopensAfterReset { return openProgram() }
        case .awaitSendFlush, .restartSend, .resumeSend, .awaitReceiveFlush, .restartReceive, .resumeReceive:
            return performRecovery(action, at: now, core: core, kernel: &kernel, host: &host)
        }
        return []
    }

    private mutating func performRecovery(
        _ action: NetdevAction, at now: SimTime, core: borrowing FunctionInterface, kernel: inout Kernel,
        host: inout Host
    ) -> [ControlStep] {
        switch action {
        case .awaitSendFlush(let index, let tries):
            return sendFlushSteps(index, tries: tries, at: now, core: core, host: &host)
        case .restartSend(let index): restartSend(index)
        case .resumeSend(let index): resumeSend(index, at: now, core: core, kernel: &kernel)
        case .awaitReceiveFlush(let index, let tries): return receiveFlushSteps(index, tries: tries)
        case .restartReceive(let index): restartReceive(index)
        case .resumeReceive(let index): resumeReceive(index, at: now, core: core, kernel: &kernel)
        default: break
        }
        return []
    }

    private mutating func applyLinkState(
        at now: SimTime, core: borrowing FunctionInterface, kernel: inout Kernel
    ) {
        let hadCarrier = settings.hasCarrier
        settings.hasCarrier = settings.vportIsUp
        if settings.hasCarrier, !hadCarrier { startGenerator(at: now, core: core, kernel: &kernel) }
        note("Link \(settings.hasCarrier ? "up" : "down")", at: now, core: core, kernel: &kernel)
    }

    /// Gives back everything a device kept that was reset without being told to let go of it.
    ///
    /// Nothing of it is in use any more: a function-level reset ends every access (section 3.5).
    private mutating func forgetDevice(kernel: inout Kernel, host: inout Host) {
        deactivateChannels()
        freeChannels(kernel: &kernel, host: &host)
        objects = []
        settings.tables = [nil, nil, nil, nil]
    }

    /// Takes everything back when the function is gone.
    mutating func forget(kernel: inout Kernel, host: inout Host) {
        forgetDevice(kernel: &kernel, host: &host)
        finishRemoval(kernel: &kernel, host: &host)
    }

    private mutating func finishRemoval(kernel: inout Kernel, host: inout Host) {
        isReady = false
        if let allocation = settings.dropMemory { kernel.memory.release(allocation, host: &host) }
        settings.dropMemory = nil
    }
}
