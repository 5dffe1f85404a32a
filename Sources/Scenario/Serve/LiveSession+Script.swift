internal import BasicContainers
internal import Driver
internal import Servers
internal import Simulation

/// Following a scenario's steps.
extension LiveSession {
    /// Starts the guests whose functions have all come into being.
    private mutating func startGuests(_ script: inout LiveScript) {
        let served = functions.map(\.server.path)
        for host in script.sockets.indices where script.guests[host] == nil && !script.sockets[host].isEmpty {
            guard script.sockets[host].allSatisfy({ served.contains($0) }) else { continue }
            do throws(SystemError) {
                let guest = try GuestShell(
                    tool: script.request.tool, sockets: script.sockets[host], kernel: script.request.kernel)
                guest.run(script.preparation(of: host))
                script.guests[host] = guest
            } catch {
                script.stop("the guest of \(script.document.hosts[host].name): \(error)")
            }
        }
    }

    /// Goes on as far as possible; true when the last step has ended.
    mutating func advanceScript() -> Bool {
        guard let current = script else { return false }
        if let gone = current.guests.firstIndex(where: { $0?.isGone == true }) {
            fail("the guest of \(current.document.hosts[gone].name) ended")
        }
        while script?.phase != .finished {
            if !advanceOnce() { return false }
        }
        return true
    }

    /// One transition; false when something must happen first.
    private mutating func advanceOnce() -> Bool {
        guard var script else { return false }
        defer { self.script = script }
        switch script.phase {
        case .preparing(let host):
            guard let answer = script.guests[host]?.takeAnswer() else { return false }
            if answer.status != 0 {
                script.stop("preparing the guest of \(script.document.hosts[host].name): \(answer.text)")
            } else {
                if script.readyHosts.isEmpty { script.origin = clock.now }
                script.readyHosts.insert(host)
                script.phase = .ready
            }
        case .ready: return scheduleStep(&script)
        case .timed(let time):
            guard clock.now >= time else { return false }
            begin(&script)
        case .command(let host):
            guard let answer = script.guests[host]?.takeAnswer() else { return false }
            end(&script, host, succeeded: answer.status == 0, answer.text)
        case .probe(let host, let command):
            guard !world.computers[host].software.isProbing(command.netdev) else { return false }
            script.phase = .driver(host: host, world.execute(command, on: host, at: stamp))
        case .driver(let host, let ticket):
            guard let result = world.takeResult(of: ticket, on: host) else { return false }
            end(&script, host, succeeded: result.failure == nil, result.failure?.text ?? result.output)
        case .source(let source):
            guard hasFinished(source) else { return false }
            script.endStep()
        case .idle: return isIdle(&script)
        case .counting(let host, let function):
            guard let answer = script.guests[host]?.takeAnswer() else { return false }
            script.takeCounters(answer.text, host: host, function: function)
            count(&script, host: host, function: function + 1)
        case .finished: return false
        }
        return true
    }

    private func hasFinished(_ source: ScenarioStep.Source) -> Bool {
        switch source {
        case .traffic(let index): world.traffic[index].isFinished
        case .application(let host, let netdev): world.applicationIsFinished(on: netdev, of: host)
        }
    }

    private func isIdle(_ script: inout LiveScript) -> Bool {
        let ended = world.endedFrameCount
        if ended != script.endedFrames || world.hasFramesInFlight {
            script.endedFrames = ended
            script.lastChange = clock.now
        }
        guard world.traffic.allSatisfy({ !$0.isStarted || $0.isFinished }),
            clock.now >= script.lastChange + LiveScript.quiet
        else { return false }
        script.endStep()
        return true
    }

    private mutating func scheduleStep(_ script: inout LiveScript) -> Bool {
        startGuests(&script)
        if script.phase == .finished { return true }
        let (guests, ready) = (script.guests, script.readyHosts)
        if let host = guests.indices.first(where: { guests[$0] != nil && !ready.contains($0) }) {
            script.phase = .preparing(host: host)
            return true
        }
        guard script.position < script.document.steps.count else {
            count(&script, host: 0, function: 0)
            return true
        }
        let step = script.document.steps[script.position]
        script.phase = .timed(max(script.origin + (step.notBefore - .zero), clock.now + step.delay))
        return true
    }

    private mutating func begin(_ script: inout LiveScript) {
        switch script.document.steps[script.position].action {
        case .run(let line): beginCommand(line, &script)
        case .reset(let function):
            let (host, netdev) = script.document.driver(of: function)
            if script.document.hosts[host].isServed {
                type("echo 1 > /sys/class/net/\(netdev)/device/reset", on: host, &script)
            } else {
                script.phase = .probe(host: host, ControlCommand(netdev: netdev, actions: [.reset]))
            }
        case .start(let source):
            begin(source)
            script.endStep()
        case .stop(.traffic(let index)):
            world.traffic[index].stop()
            script.endStep()
        case .stop(.application(let host, let netdev)):
            world.stopApplication(on: netdev, of: host, at: stamp)
            script.endStep()
        case .pause: script.endStep()
        case .waitForTraffic(let source): script.phase = .source(source)
        case .waitForIdle:
            script.lastChange = clock.now
            script.phase = .idle
        }
    }

    private mutating func begin(_ source: ScenarioStep.Source) {
        switch source {
        case .traffic(let index): world.startTraffic(index, at: stamp)
        case .application(let host, let netdev): world.startApplication(on: netdev, of: host, at: stamp)
        }
    }

    private func beginCommand(_ line: ScenarioStep.CommandLine, _ script: inout LiveScript) {
        guard !script.document.hosts[line.host].isServed else { return type(line.text, on: line.host, &script) }
        do throws(ControlSyntaxError) {
            script.phase = .probe(host: line.host, try ControlCommand.parse(line.words))
        } catch {
            script.stop("found \(error.found), expected \(error.expected)")
        }
    }

    private func type(_ line: String, on host: Int, _ script: inout LiveScript) {
        guard let guest = script.guests[host] else {
            let name = script.document.hosts[host].name
            return script.stop("\(name) has no guest yet: its functions do not exist")
        }
        guest.run(line)
        script.phase = .command(host: host)
    }

    private func end(_ script: inout LiveScript, _ host: Int, succeeded: Bool, _ output: String) {
        let name = script.document.hosts[host].name
        var text = "reset"
        var outcome = CommandOutcome()
        if case .run(let line) = script.document.steps[script.position].action {
            text = line.text
            outcome = line.outcome
        }
        script.outputs.append(
            RunResult.CommandOutput(
                time: clock.now, host: name, command: text, text: output, succeeded: succeeded))
        if let difference = outcome.difference(succeeded: succeeded, text: output) {
            script.stop("\(text): \(difference)")
        } else {
            script.endStep()
        }
    }

    /// Asks for the counters of a function, or of the next there is.
    private func count(_ script: inout LiveScript, host: Int, function: Int) {
        var (host, function) = (host, function)
        while host < script.guests.count, function >= script.sockets[host].count || script.guests[host] == nil {
            (host, function) = (host + 1, 0)
        }
        guard host < script.guests.count else {
            script.phase = .finished
            return
        }
        script.guests[host]?.run("ethtool -S \(script.document.drivenFunctions(of: host)[function].netdev)")
        script.phase = .counting(host: host, function: function)
    }

    private mutating func fail(_ text: String) {
        if script?.phase != .finished { script?.stop(text) }
    }
}

extension LiveScript {
    mutating func endStep() {
        position += 1
        phase = .ready
    }

    /// Ends the script at the step it is at.
    mutating func stop(_ text: String) {
        let location = position < document.steps.count ? document.steps[position].location : nil
        failure = RunResult.Failure(text: text.split(separator: "\n").joined(separator: " "), location: location)
        phase = .finished
    }
}
