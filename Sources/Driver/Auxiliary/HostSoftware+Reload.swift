import Host
import Simulation

/// `devlink dev reload`: a function's software goes and comes back with the parameters that were set.
extension HostSoftware {
    /// Reloads core driver `core`: drivers let go, everything is given back, and all of it is made again.
    mutating func reload(_ core: Int, ticket: CommandTicket, isJSON: Bool, at now: SimTime, host: inout Host) {
        guard cores[core].pointee.state == .ready else {
            return end(ticket, failure: "Error: mlx5_core: the device is not ready.", at: now)
        }
        guard cores[core].pointee.virtualFunctions.count == 0 else {
            return end(ticket, failure: "Error: mlx5_core: reload is unsupported while VFs are present.", at: now)
        }
        let removal = ControlProgram(.remove, [.local(.leave)])
        cores[core].pointee.state = .removing
        run(removal, on: core, at: now, host: &host)
        let steps = [.local(.takeParameters)] + cores[core].pointee.probeProgram()
        var probe = ControlProgram(.probe, steps, ticket: ticket)
        probe.output =
            isJSON
            ? ToolValue.object([
                ("reload", .object([("reload_actions_performed", .list([.string("driver_reinit")]))]))
            ]).json + "\n" : "reload_actions_performed:\n    driver_reinit\n"
        run(probe, on: core, at: now, host: &host)
    }

    /// Puts the parameters in force that were set since the last reload.
    mutating func takeParameters(_ core: Int) {
        cores[core].pointee.state = .probing
        guard let number = auxiliary.number(ofCore: core), let next = auxiliary[number]?.nextEnabled else { return }
        auxiliary[number]?.enabled = next
    }
}
