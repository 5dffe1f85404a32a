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
            case .probe(let host, let netdev):
                guard !computers[host].software.isProbing(netdev) else { return }
                script.phase = .due
            case .command(let host, let ticket):
                guard computers[host].software.results.contains(where: { $0.ticket == ticket }) else { return }
                endCommand(ticket, host: host, at: now)
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
            do throws(ScenarioError) {
                try start(source, at: now)
                endStep()
            } catch {
                fail(error.mistakes.map { "found \($0.found), expected \($0.expected)" }.joined(separator: "; "))
            }
        case .stop(let source):
            stop(source, at: now)
            endStep()
        case .pause: endStep()
        case .waitForTraffic(let source): script.phase = .source(source)
        case .waitForIdle: script.phase = .idle
        case .reset(let reference):
            let (host, netdev) = document.driver(of: reference)
            run(ControlCommand(netdev: netdev, actions: [.reset]), host: host, text: "reset", at: now)
        }
    }

    private func isFinished(_ source: ScenarioStep.Source) -> Bool {
        switch source {
        case .traffic(let index): traffic[index].isFinished
        case .application(let host, let netdev): applicationIsFinished(on: netdev, of: host)
        }
    }

    private mutating func start(_ source: ScenarioStep.Source, at now: SimTime) throws(ScenarioError) {
        switch source {
        case .traffic(let index):
            if traffic[index].isStarted, traffic[index].plannedCount > 0 {
                let found = "\"\(traffic[index].name)\" a second time"
                let location = script.steps[script.position].location
                throw ScenarioError([Mistake(location, found: found, expected: "each traffic endpoint started once")])
            }
            startTraffic(index, at: now)
        case .application(let host, let netdev):
            try prepareStart(on: netdev, of: host)
            startApplication(on: netdev, of: host, at: now)
        }
    }

    private mutating func stop(_ source: ScenarioStep.Source, at now: SimTime) {
        switch source {
        case .traffic(let index): traffic[index].stop()
        case .application(let host, let netdev): stopApplication(on: netdev, of: host, at: now)
        }
    }
}

/// Commands.
extension World {
    private mutating func beginCommand(_ line: ScenarioStep.CommandLine, at now: SimTime) {
        script.runningText = line.text
        do throws(ControlSyntaxError) {
            run(try ControlCommand.parse(line.words), host: line.host, text: line.text, at: now)
        } catch {
            fail("\(error.found) where \(error.expected) was expected")
        }
    }

    private mutating func run(_ command: ControlCommand, host: Int, text: String, at now: SimTime) {
        guard !computers[host].software.isProbing(command.netdev) else {
            script.phase = .probe(host: host, netdev: command.netdev)
            return
        }
        script.runningText = text
        let ticket = computers[host].software.execute(command, at: now, host: &platform[host])
        script.phase = .command(host: host, ticket)
        collect(fromSoftwareOf: UInt8(host), at: now, advancing: false)
    }

    private mutating func endCommand(_ ticket: CommandTicket, host: Int, at now: SimTime) {
        guard let index = computers[host].software.results.firstIndex(where: { $0.ticket == ticket }) else { return }
        let result = computers[host].software.results.remove(at: index)
        let text = result.failure.map { $0.text } ?? result.output
        let succeeded = result.failure == nil
        script.outputs.append(
            RunResult.CommandOutput(
                time: now, host: computers[host].name, command: script.runningText, text: text, succeeded: succeeded))
        var outcome = CommandOutcome()
        if case .run(let line) = script.steps[script.position].action { outcome = line.outcome }
        if let difference = outcome.difference(succeeded: succeeded, text: text) {
            let last = computers[host].software.kernel.log.lines.last
            let log = succeeded ? "" : last.map { "; the log of \(computers[host].name) ends with \($0)" } ?? ""
            fail("\(script.runningText): \(difference)\(log)")
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
