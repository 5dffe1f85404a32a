package import Host
package import Simulation

/// The commands that people type on the host.
extension HostSoftware {
    /// Starts the command line `words`; its end is reported in `results` with the ticket.
    package mutating func execute(
        _ words: [String], at now: SimTime, host: inout Host
    ) throws(ControlSyntaxError) -> CommandTicket {
        execute(try ControlCommand.parse(words), at: now, host: &host)
    }

    /// Starts `command`; its end is reported in `results` with the ticket.
    ///
    /// Settings that a real driver cannot change on the fly close the interface's channels and open them again.
    package mutating func execute(
        _ command: ControlCommand, at now: SimTime, host: inout Host
    ) -> CommandTicket {
        let ticket = makeTicket()
        if case .system(let system)? = command.actions.first {
            execute(system, ticket: ticket, at: now, host: &host)
            return ticket
        }
        let name = command.netdev ?? ""
        if command.actions == [.reset], let core = core(ofNetdev: name) {
            reset(core, ticket: ticket, at: now, host: &host)
            return ticket
        }
        guard let index = netdevNames[name] else {
            end(ticket, failure: "Cannot find device \"\(name)\"", at: now)
            return ticket
        }
        let core = netdevs[index].pointee.core
        if case .setVirtualFunctionCount(let count)? = command.actions.first {
            setVirtualFunctionCount(count, of: core, ticket: ticket, at: now, host: &host)
            return ticket
        }
        var steps: [ControlStep] = command.actions.map { .interface(.check($0)) }
        for action in command.actions {
            switch action {
            case .setVirtualFunction(let number, let settings):
                steps.append(.local(.setVirtualFunction(number, settings)))
            case .showLink: steps += netdevs[index].pointee.steps(for: action) + [.local(.reportVirtualFunctions)]
            default: steps += netdevs[index].pointee.steps(for: action)
            }
        }
        run(ControlProgram(.command, steps, netdev: index, ticket: ticket), on: core, at: now, host: &host)
        return ticket
    }

    private mutating func execute(
        _ command: SystemCommand, ticket: CommandTicket, at now: SimTime, host: inout Host
    ) {
        switch command {
        case .bind(let driver, let device): bind(device, driver: driver, ticket: ticket, at: now, host: &host)
        case .unbind(let driver, let device): unbind(device, driver: driver, ticket: ticket, at: now, host: &host)
        case .loadModule(let module): loadModule(module, ticket: ticket, at: now, host: &host)
        case .removeModule(let module): removeModule(module, ticket: ticket, at: now, host: &host)
        case .listAuxiliaryDevices:
            end(ticket, output: auxiliary.deviceNames.map { $0 + "\n" }.joined(), at: now)
        case .showLog: end(ticket, output: kernel.log.lines.map { $0 + "\n" }.joined(), at: now)
        case .devlink(let command, let isJSON):
            executeDevlink(command, isJSON: isJSON, ticket: ticket, at: now, host: &host)
        }
    }

    /// The core driver whose netdev is, or is to be, called `name`.
    private func core(ofNetdev name: String) -> Int? {
        (0..<cores.limit).first { cores.contains($0) && cores[$0].pointee.netdevName == name }
    }

    /// Ends the command `ticket` at once.
    mutating func end(_ ticket: CommandTicket, output: String = "", failure: String? = nil, at now: SimTime) {
        results.append(
            CommandResult(ticket: ticket, time: now, output: output, failure: failure.map { DriverError($0) }))
    }
}
