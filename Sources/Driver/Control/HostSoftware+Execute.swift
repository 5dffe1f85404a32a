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
        if command.actions == [.reset], let core = core(ofNetdev: command.netdev) {
            reset(core, ticket: ticket, at: now, host: &host)
            return ticket
        }
        guard let index = netdevNames[command.netdev] else {
            end(ticket, failure: "Cannot find device \"\(command.netdev)\"", at: now)
            return ticket
        }
        let core = netdevs[index].pointee.core
        var steps: [ControlStep] = command.actions.map { .interface(.check($0)) }
        for action in command.actions { steps += netdevs[index].pointee.steps(for: action) }
        run(ControlProgram(.command, steps, netdev: index, ticket: ticket), on: core, at: now, host: &host)
        return ticket
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
