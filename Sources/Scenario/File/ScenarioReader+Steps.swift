internal import Driver
internal import Simulation
internal import Yams

/// Reads captures and steps.
extension ScenarioReader {
    mutating func readCaptures(_ node: Node) {
        for item in reader.items(of: node, "capture points") {
            if case .mapping = item {
                guard let fields = reader.fields(of: item, as: ScenarioKeys.Capture.self, "a capture"),
                    let point = reader.required(.point, of: fields, "a capture").flatMap({ self.point($0) })
                else { continue }
                let path = fields[.file].flatMap { reader.text($0, "the name of a capture file") }?.string
                document.captures.append(ScenarioDocument.CaptureRequest(point: point, path: path))
            } else if let point = point(item) {
                document.captures.append(ScenarioDocument.CaptureRequest(point: point))
            }
        }
    }

    /// The name of a capture point.
    mutating func point(_ node: Node) -> String? {
        guard let text = reader.text(node, "the name of a capture point") else { return nil }
        if let mistake = document.addPoint(named: text.string, at: text.location) {
            reader.report(mistake)
            return nil
        }
        return text.string
    }

    mutating func readSteps(_ node: Node) {
        for item in reader.items(of: node, "steps") {
            guard document.steps.count < Self.mostSteps else {
                reader.report(
                    reader.location(of: item), found: "more than \(Self.mostSteps) steps",
                    expected: "at most so many, repetitions counted")
                return
            }
            readStep(item)
        }
    }

    /// Most steps of a scenario, every repetition counted.
    private static let mostSteps = 100_000

    private mutating func readStep(_ item: Node) {
        let actions: [ScenarioKeys.Step] = [.run, .start, .stop, .wait, .reset, .repetition]
        guard let fields = reader.fields(of: item, as: ScenarioKeys.Step.self, "a step") else { return }
        if let node = fields[.repetition], single(fields, among: actions, "step") != nil {
            readRepetition(node, fields)
            return
        }
        var step = ScenarioStep(action: .pause, location: fields.location)
        if let node = fields[.at], let time = reader.duration(node) { step.notBefore = .zero + time }
        if let node = fields[.after], let delay = reader.duration(node) { step.delay = delay }
        let isPause = actions.allSatisfy { fields[$0] == nil } && (fields[.at] != nil || fields[.after] != nil)
        if !isPause {
            guard let kind = single(fields, among: actions, "step"), let value = fields[kind],
                let action = action(kind, value, fields, delay: &step.delay)
            else { return }
            step.action = action
        }
        document.steps.append(step)
    }

    private mutating func action(
        _ kind: ScenarioKeys.Step, _ value: Node, _ fields: DocumentReader.Fields<ScenarioKeys.Step>,
        delay: inout SimDuration
    ) -> ScenarioStep.Action? {
        for key in [ScenarioKeys.Step.host, .fails, .prints, .omits] where kind != .run {
            guard let node = fields[key] else { continue }
            reader.report(
                reader.location(of: node), found: "\"\(key.rawValue)\" beside \"\(kind.rawValue)\"",
                expected: "it beside run")
        }
        switch kind {
        case .run:
            let outcome = outcome(fields)
            return host(fields).flatMap { command(value, host: $0, outcome) }
        case .start: return source(value).map { .start($0) }
        case .stop: return source(value).map { .stop($0) }
        case .wait: return wait(value, delay: &delay)
        case .reset: return reset(value)
        case .at, .after, .host, .repetition, .fails, .prints, .omits: return nil
        }
    }

    private mutating func host(_ fields: DocumentReader.Fields<ScenarioKeys.Step>) -> Int? {
        let names = document.hosts.map(\.name)
        guard let node = fields[.host] else {
            if names.count == 1 { return 0 }
            reader.report(fields.location, found: "a command without a host", expected: "the key \"host\"")
            return nil
        }
        guard let text = reader.choice(node, among: names, "host") else { return nil }
        return names.firstIndex(of: text.string)
    }

    /// A control command: each word is checked, and a mistake names the word's own place.
    private mutating func command(
        _ node: Node, host: Int, _ outcome: CommandOutcome
    ) -> ScenarioStep.Action? {
        guard let text = reader.text(node, "a command such as ip link set dev eth0 up") else { return nil }
        let words = text.string.split(separator: " ").map(String.init)
        func place(_ index: Int) -> SourceLocation {
            let parts = text.string.split(separator: " ")
            guard index < parts.count else { return text.end }
            return text.place(at: text.string.distance(from: text.string.startIndex, to: parts[index].startIndex))
        }
        do throws(ControlSyntaxError) {
            let command = try ControlCommand.parse(words)
            if outcome.failure == nil, let netdev = command.netdev,
                let mistake = document.mistake(
                    inNetdev: netdev, of: host, at: place(words.firstIndex(of: netdev) ?? words.count - 1))
            {
                reader.report(mistake)
                return nil
            }
        } catch {
            let word = error.wordIndex < words.count ? words[error.wordIndex] : ""
            reader.report(
                place(error.wordIndex), found: error.found, expected: error.expected,
                suggestion: word.isEmpty ? nil : NearestName.of(word, among: error.candidates))
            return nil
        }
        var line = ScenarioStep.CommandLine(host: host, words: words, text: text.string)
        line.outcome = outcome
        return .run(line)
    }

    /// A traffic endpoint, or the application on a netdev: `HOST.NETDEV`.
    private mutating func source(_ node: Node) -> ScenarioStep.Source? {
        guard let text = reader.text(node, "a source of traffic") else { return nil }
        if let source = document.source(named: text.string) { return source }
        reader.refuse(text, "source of traffic", document.trafficNames)
        return nil
    }

    /// `idle`, a duration, or `{ traffic: NAME }`.
    private mutating func wait(_ node: Node, delay: inout SimDuration) -> ScenarioStep.Action? {
        if case .mapping = node {
            guard let fields = reader.fields(of: node, as: ScenarioKeys.Wait.self, "a wait"),
                let kind = single(fields, among: [.traffic, .duration], "wait"), let value = fields[kind]
            else { return nil }
            if kind == .traffic { return source(value).map { .waitForTraffic($0) } }
            delay = reader.duration(value) ?? .zero
            return .pause
        }
        if node.string == "idle" { return .waitForIdle }
        guard let text = reader.text(node, "idle, a duration or { traffic: NAME }") else { return nil }
        guard let time = reader.quantity(text, Quantity.time, in: 0...DocumentReader.longestDuration) else {
            return nil
        }
        delay = .picoseconds(time)
        return .pause
    }

    private mutating func reset(_ node: Node) -> ScenarioStep.Action? {
        guard let text = reader.text(node, "the name of a function") else { return nil }
        guard let function = document.function(named: text.string) else {
            let functions = document.nics.flatMap(\.functions)
            reader.refuse(text, "function", functions.map { document.name(of: $0.reference) })
            return nil
        }
        if case .sub = function.child {
            reader.report(
                text.location, found: "a reset of the subfunction \"\(text.string)\"",
                expected: "a physical or virtual function: devlink stops and starts subfunctions")
            return nil
        }
        return .reset(function)
    }
}
