import Host
import Simulation

/// Drivers that are bound and unbound one at a time, and modules.
extension HostSoftware {
    /// `echo DEVICE > /sys/bus/auxiliary/drivers/DRIVER/bind`.
    mutating func bind(
        _ device: String, driver: String, ticket: CommandTicket, at now: SimTime, host: inout Host
    ) {
        guard hasDriver(driver) else {
            let path = "/sys/bus/auxiliary/drivers/\(driver)/bind"
            return end(ticket, failure: "\(path): No such file or directory", at: now)
        }
        guard let name = AuxiliaryName(device), name.kind.matchName == driver, let function = auxiliary[name.number],
            function.published.contains(name.kind)
        else { return end(ticket, failure: "write error: No such device", at: now) }
        switch name.kind {
        case .sf: bindSubfunction(name.number, ticket: ticket, at: now, host: &host)
        default:
            guard let core = function.core else {
                return end(ticket, failure: "write error: No such device", at: now)
            }
            run(ControlProgram(.command, [.local(.bindEthernet)], ticket: ticket), on: core, at: now, host: &host)
        }
    }

    /// `echo DEVICE > /sys/bus/auxiliary/drivers/DRIVER/unbind`.
    mutating func unbind(
        _ device: String, driver: String, ticket: CommandTicket, at now: SimTime, host: inout Host
    ) {
        guard hasDriver(driver) else {
            let path = "/sys/bus/auxiliary/drivers/\(driver)/unbind"
            return end(ticket, failure: "\(path): No such file or directory", at: now)
        }
        guard let name = AuxiliaryName(device), name.kind.matchName == driver, let function = auxiliary[name.number],
            function.published.contains(name.kind), let core = function.core
        else { return end(ticket, failure: "write error: No such device", at: now) }
        switch name.kind {
        case .sf: remove(core, ticket: ticket, at: now, host: &host)
        default:
            run(ControlProgram(.command, [.local(.unbindEthernet)], ticket: ticket), on: core, at: now, host: &host)
        }
    }

    private func hasDriver(_ driver: String) -> Bool {
        hasCoreModule && AuxiliaryKind.allCases.contains { $0.matchName == driver && $0.hasDriver }
    }

    /// The driver of the Ethernet device is bound to it: it makes a netdev.
    mutating func bindEthernet(_ core: Int) throws(DriverError) {
        guard netdev(onCore: core) == nil else { throw DriverError("write error: Device or resource busy") }
        guard cores[core].pointee.state == .ready else { throw DriverError("write error: No such device") }
        cores[core].pointee.prepend(bindingSteps(ofCore: core))
    }

    /// The driver of the Ethernet device lets go of it: its netdev goes.
    mutating func unbindEthernet(_ core: Int) throws(DriverError) {
        guard netdev(onCore: core) != nil else { throw DriverError("write error: No such device") }
        cores[core].pointee.prepend(withdrawalSteps(of: core, keepsNetdevs: false))
    }

    // MARK: Modules

    /// `modprobe MODULE`.
    mutating func loadModule(_ module: String, ticket: CommandTicket, at now: SimTime, host: inout Host) {
        guard module == "mlx5_core" else {
            return end(ticket, failure: "modprobe: FATAL: Module \(module) not found.", at: now)
        }
        guard !hasCoreModule else { return end(ticket, at: now) }
        hasCoreModule = true
        let functions = plugged.map(\.function)
        for place in plugged { start(place, at: now, host: &host) }
        finish(when: .probed(functions), ticket: ticket, at: now)
    }

    /// `rmmod MODULE`.
    mutating func removeModule(_ module: String, ticket: CommandTicket, at now: SimTime, host: inout Host) {
        guard module == "mlx5_core", hasCoreModule else {
            return end(ticket, failure: "rmmod: ERROR: Module \(module) is not currently loaded", at: now)
        }
        hasCoreModule = false
        var functions: [FunctionID] = []
        for index in 0..<cores.limit where cores.contains(index) && cores[index].pointee.parent == nil {
            functions.append(cores[index].pointee.interface.function)
            remove(index, ticket: nil, at: now, host: &host)
        }
        finish(when: .released(functions), ticket: ticket, at: now)
    }

    // MARK: Waiting for functions

    /// Ends the command `ticket` when what it waits for has come about.
    mutating func finish(
        when awaited: PendingCommand.Awaited, ticket: CommandTicket, output: String = "", at now: SimTime
    ) {
        pending.append(PendingCommand(ticket: ticket, output: output, awaited: awaited))
        checkPending(at: now)
    }

    /// Ends the commands that have nothing more to wait for.
    mutating func checkPending(at now: SimTime) {
        guard !pending.isEmpty else { return }
        var left: [PendingCommand] = []
        for command in pending {
            if isOver(command.awaited) {
                end(command.ticket, output: command.output, at: now)
            } else {
                left.append(command)
            }
        }
        pending = left
    }

    private func isOver(_ awaited: PendingCommand.Awaited) -> Bool {
        switch awaited {
        case .probed(let functions): functions.allSatisfy { state(of: $0) != .probing }
        case .released(let functions): functions.allSatisfy { core(of: $0) == nil }
        }
    }
}
