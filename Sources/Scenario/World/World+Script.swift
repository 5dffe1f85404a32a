internal import BasicContainers
import Driver
import Host
import NIC
import Simulation

/// The scenario's steps, one after another.
extension World {
    /// Lets the script do what it can: begins steps until one has to wait.
    mutating func advanceScript(at now: SimTime) {
        while !script.isFinished {
            switch script.phase {
            case .finished: return
            case .ready: guard scheduleStep(at: now) else { return }
            case .timed: script.phase = .due
            case .due: beginStep(at: now)
            case .driver(let host, let function):
                guard computers[host].drivers[function].state != .probing else { return }
                script.phase = .due
            case .command(let host, let function):
                guard !computers[host].drivers[function].results.isEmpty else { return }
                endCommand(host: host, function: function, at: now)
            case .source(let source):
                guard isFinished(source) else { return }
                endStep()
            case .idle:
                guard queue.isEmpty else { return }
                endStep()
            }
        }
    }

    /// Waits for the next step's time; true when that is now.
    private mutating func scheduleStep(at now: SimTime) -> Bool {
        guard script.position < script.steps.count else {
            script.phase = .finished
            return false
        }
        let step = script.steps[script.position]
        let time = max(step.notBefore, now + step.delay)
        guard time > now else {
            script.phase = .due
            return true
        }
        script.phase = .timed
        queue.schedule(.script, at: time)
        return false
    }

    private mutating func endStep() {
        script.position += 1
        script.phase = .ready
    }

    private mutating func beginStep(at now: SimTime) {
        let step = script.steps[script.position]
        switch step.action {
        case .run(let line): beginCommand(line, at: now)
        case .start(let source):
            start(source, at: now)
            endStep()
        case .stop(let source):
            stop(source, at: now)
            endStep()
        case .pause: endStep()
        case .waitForTraffic(let source): script.phase = .source(source)
        case .waitForIdle: script.phase = .idle
        case .reset(let reference):
            guard let (host, function) = driver(of: reference) else { return fail("nobody drives the function") }
            run(
                ControlCommand(netdev: computers[host].drivers[function].name, actions: [.reset]),
                host: host, function: function, text: "reset", at: now)
        }
    }

    private func isFinished(_ source: ScenarioStep.Source) -> Bool {
        switch source {
        case .traffic(let index): traffic[index].isFinished
        case .application(let host, let netdev):
            driver(of: netdev, on: host).map { applicationIsFinished(computer: host, driver: $0) } ?? true
        }
    }

    /// The host and the driver of a physical function.
    private func driver(of reference: FunctionReference) -> (host: Int, driver: Int)? {
        guard reference.child == nil else { return nil }
        let function = nics[reference.nic].layout.physical(reference.physical)
        for host in 0..<computers.count {
            if let driver = computers[host].driver(of: function) { return (host, driver) }
        }
        return nil
    }

    /// The driver that makes the netdev of that name.
    private func driver(of netdev: String, on host: Int) -> Int? {
        computers[host].drivers.indices.first { computers[host].drivers[$0].name == netdev }
    }

    private mutating func start(_ source: ScenarioStep.Source, at now: SimTime) {
        switch source {
        case .traffic(let index): startTraffic(index, at: now)
        case .application(let host, let netdev):
            guard let function = driver(of: netdev, on: host) else { return }
            startApplication(computer: host, driver: function, at: now)
        }
    }

    private mutating func stop(_ source: ScenarioStep.Source, at now: SimTime) {
        switch source {
        case .traffic(let index): traffic[index].stop()
        case .application(let host, let netdev):
            guard let function = driver(of: netdev, on: host) else { return }
            stopApplication(computer: host, driver: function, at: now)
        }
    }
}

/// Commands.
extension World {
    private mutating func beginCommand(_ line: ScenarioStep.CommandLine, at now: SimTime) {
        script.runningText = line.text
        do throws(ControlSyntaxError) {
            let command = try ControlCommand.parse(line.words)
            let drivers = computers[line.host].drivers.indices
            if let function = drivers.first(where: { computers[line.host].drivers[$0].name == command.netdev }) {
                run(command, host: line.host, function: function, text: line.text, at: now)
            } else {
                endCommand(host: line.host, text: "Cannot find device \"\(command.netdev)\"", succeeded: false, at: now)
            }
        } catch {
            fail("\(error.found) where \(error.expected) was expected")
        }
    }

    private mutating func run(
        _ command: ControlCommand, host: Int, function: Int, text: String, at now: SimTime
    ) {
        guard computers[host].drivers[function].state != .probing else {
            script.phase = .driver(host: host, function: function)
            return
        }
        script.runningText = text
        script.phase = .command(host: host, function: function)
        _ = computers[host].drivers[function].execute(command, at: now, host: &platform[host])
        collect(fromDriver: UInt8(function), of: UInt8(host), at: now, advancing: false)
    }

    private mutating func endCommand(host: Int, function: Int, at now: SimTime) {
        let result = computers[host].drivers[function].results.removeFirst()
        endCommand(
            host: host, text: result.failure.map { $0.text } ?? result.output, succeeded: result.failure == nil, at: now
        )
    }

    private mutating func endCommand(host: Int, text: String, succeeded: Bool, at now: SimTime) {
        script.outputs.append(
            RunResult.CommandOutput(
                time: now, host: computers[host].name, command: script.runningText, text: text, succeeded: succeeded))
        var outcome = CommandOutcome()
        if case .run(let line) = script.steps[script.position].action { outcome = line.outcome }
        if let difference = outcome.difference(succeeded: succeeded, text: text) {
            fail("\(script.runningText): \(difference)")
        } else {
            endStep()
        }
    }

    /// Ends the script at the step it is at.
    mutating func fail(_ text: String) {
        let location = script.position < script.steps.count ? script.steps[script.position].location : nil
        script.failure = RunResult.Failure(text: text, location: location)
        script.phase = .finished
    }
}
