import Host

/// A command that waits for functions: it ends when all of them have come, or have gone.
struct PendingCommand {
    var ticket: CommandTicket
    var output = ""
    var awaited: Awaited

    enum Awaited {
        /// Their probes have ended, well or not.
        case probed([FunctionID])
        /// Their core drivers are gone.
        case released([FunctionID])
    }
}
