internal import Servers
internal import Simulation

/// Following a scenario's steps.
extension LiveSession {
    /// Starts a guest for each host.
    mutating func startGuests(_ request: LinuxRequest, sockets: [String]) throws(SystemError) {
        guard var script else { return }
        var rest = sockets[...]
        for host in script.document.hosts.indices {
            let count = script.document.physicalFunctions(of: host).count
            let own = rest.prefix(count)
            rest = rest.dropFirst(count)
            script.guests.append(
                try GuestShell(tool: request.tool, sockets: Array(own), kernel: request.kernel))
        }
        for (host, guest) in script.guests.enumerated() { guest.run(script.preparation(of: host)) }
        self.script = script
    }

    /// Goes on as far as possible; true when the last step has ended.
    mutating func advanceScript() -> Bool {
        guard let current = script else { return false }
        if let gone = current.guests.firstIndex(where: { $0.isGone }) {
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
            guard host < script.guests.count else {
                script.phase = .ready
                script.origin = clock.now
                return true
            }
            guard let answer = script.guests[host].takeAnswer() else { return false }
            if answer.status != 0 {
                script.stop("preparing the guest of \(script.document.hosts[host].name): \(answer.text)")
            } else {
                script.phase = .preparing(host: host + 1)
            }
        case .ready: return scheduleStep(&script)
        case .timed(let time):
            guard clock.now >= time else { return false }
            begin(&script)
        case .command(let host):
            guard let answer = script.guests[host].takeAnswer() else { return false }
            end(&script, host, answer)
        case .source(let index):
            guard world.traffic[index].isFinished else { return false }
            script.endStep()
        case .idle: return isIdle(&script)
        case .counting(let host, let function):
            guard let answer = script.guests[host].takeAnswer() else { return false }
            script.takeCounters(answer.text, host: host, function: function)
            count(&script, host: host, function: function + 1)
        case .finished: return false
        }
        return true
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

    private func scheduleStep(_ script: inout LiveScript) -> Bool {
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
        case .run(let line):
            script.guests[line.host].run(line.text)
            script.phase = .command(host: line.host)
        case .reset(let function):
            let (host, netdev) = script.document.driver(of: function)
            script.guests[host].run("echo 1 > /sys/class/net/\(netdev)/device/reset")
            script.phase = .command(host: host)
        case .start(.traffic(let index)):
            world.startTraffic(index, at: stamp)
            script.endStep()
        case .stop(.traffic(let index)):
            world.traffic[index].stop()
            script.endStep()
        case .pause: script.endStep()
        case .waitForTraffic(.traffic(let index)): script.phase = .source(index)
        case .waitForIdle:
            script.lastChange = clock.now
            script.phase = .idle
        case .start(.application), .stop(.application), .waitForTraffic(.application):
            script.stop("a guest has no such application")
        }
    }

    private func end(_ script: inout LiveScript, _ host: Int, _ answer: GuestShell.Answer) {
        let name = script.document.hosts[host].name
        var text = "reset"
        var outcome = CommandOutcome()
        if case .run(let line) = script.document.steps[script.position].action {
            text = line.text
            outcome = line.outcome
        }
        script.outputs.append(
            RunResult.CommandOutput(
                time: clock.now, host: name, command: text, text: answer.text, succeeded: answer.status == 0))
        if let difference = outcome.difference(succeeded: answer.status == 0, text: answer.text) {
            script.stop("\(text): \(difference)")
        } else {
            script.endStep()
        }
    }

    /// Asks for the counters of a function, or of the next there is.
    private func count(_ script: inout LiveScript, host: Int, function: Int) {
        var (host, function) = (host, function)
        while host < script.guests.count, function >= script.document.physicalFunctions(of: host).count {
            (host, function) = (host + 1, 0)
        }
        guard host < script.guests.count else {
            script.phase = .finished
            return
        }
        script.guests[host].run("ethtool -S \(script.document.physicalFunctions(of: host)[function].netdev)")
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
