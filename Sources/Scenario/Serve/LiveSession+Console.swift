internal import BasicContainers
internal import Driver
internal import Servers
internal import Simulation

/// Commands that somebody types while the session goes on, for hosts that have our driver.
extension LiveSession {
    /// A command that came in at the console.
    struct TypedCommand {
        var host: Int
        var text: String
        var command: ControlCommand
        /// `nil` until it has begun.
        var ticket: CommandTicket?
    }

    /// Takes what was typed, and answers it once it has ended.
    mutating func serveConsole() {
        guard let console else { return }
        if typed == nil {
            guard let line = console.takeLine() else { return }
            do throws(ControlSyntaxError) {
                typed = try command(line)
            } catch {
                console.answer(status: 2, "found \(error.found), expected \(error.expected)\n")
                return
            }
        }
        guard let current = typed else { return }
        if let ticket = current.ticket {
            guard let result = world.takeResult(of: ticket, on: current.host) else { return }
            typed = nil
            let text = result.failure.map { $0.text + "\n" } ?? result.output
            console.answer(status: result.failure == nil ? 0 : 1, text)
        } else if !world.computers[current.host].software.isProbing(current.command.netdev) {
            let time = stamp
            recorder?.note(.command(current.text, computer: current.host, time: time), after: world.eventCount)
            typed?.ticket = world.execute(current.command, on: current.host, at: time)
        }
    }

    private func command(_ line: String) throws(ControlSyntaxError) -> TypedCommand {
        let words = line.split(separator: " ", maxSplits: 1).map(String.init)
        let hosts = world.document.hosts
        guard let name = words.first, let host = hosts.firstIndex(where: { $0.name == name }), !hosts[host].isServed
        else {
            let names = hosts.filter { !$0.isServed }.map(\.name)
            throw ControlSyntaxError(
                wordIndex: 0, found: "\"\(words.first ?? "")\"",
                expected: "a host with our driver, \(DocumentReader.list(names)), and a command")
        }
        let text = words.count > 1 ? words[1] : ""
        let command = try ControlCommand.parse(text.split(separator: " ").map(String.init))
        return TypedCommand(host: host, text: text, command: command)
    }
}
