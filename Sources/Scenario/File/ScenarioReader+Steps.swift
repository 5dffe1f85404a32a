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
        if let mistake = document.mistake(inPoint: text.string, at: text.location) {
            reader.report(mistake)
            return nil
        }
        return text.string
    }

    mutating func readSteps(_ node: Node) {
        let actions: [ScenarioKeys.Step] = [.run, .start, .stop, .wait, .reset]
        for item in reader.items(of: node, "steps") {
            guard let fields = reader.fields(of: item, as: ScenarioKeys.Step.self, "a step") else { continue }
            var step = ScenarioStep(action: .pause, location: fields.location)
            if let node = fields[.at], let time = reader.duration(node) { step.notBefore = .zero + time }
            if let node = fields[.after], let delay = reader.duration(node) { step.delay = delay }
            let isPause = actions.allSatisfy { fields[$0] == nil } && (fields[.at] != nil || fields[.after] != nil)
            if !isPause {
                guard let kind = single(fields, among: actions, "step"), let value = fields[kind],
                    let action = action(kind, value, fields, delay: &step.delay)
                else { continue }
                step.action = action
            }
            document.steps.append(step)
        }
    }

    private mutating func action(
        _ kind: ScenarioKeys.Step, _ value: Node, _ fields: DocumentReader.Fields<ScenarioKeys.Step>,
        delay: inout SimDuration
    ) -> ScenarioStep.Action? {
        if kind != .run, let host = fields[.host] {
            reader.report(
                reader.location(of: host), found: "a host beside \"\(kind.rawValue)\"", expected: "it beside run")
        }
        switch kind {
        case .run: return host(fields).flatMap { command(value, host: $0) }
        case .start: return source(value).map { .start($0) }
        case .stop: return source(value).map { .stop($0) }
        case .wait: return wait(value, delay: &delay)
        case .reset: return reset(value)
        case .at, .after, .host: return nil
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
    private mutating func command(_ node: Node, host: Int) -> ScenarioStep.Action? {
        guard let text = reader.text(node, "a command such as ip link set dev eth0 up") else { return nil }
        let words = text.string.split(separator: " ").map(String.init)
        func place(_ index: Int) -> SourceLocation {
            let parts = text.string.split(separator: " ")
            guard index < parts.count else { return text.end }
            return text.place(at: text.string.distance(from: text.string.startIndex, to: parts[index].startIndex))
        }
        do throws(ControlSyntaxError) {
            let command = try ControlCommand.parse(words)
            let netdevs = document.hosts[host].functions.map(\.netdev)
            if let netdev = command.netdev, !netdevs.contains(netdev) {
                let index = words.firstIndex(of: netdev) ?? words.count - 1
                reader.report(
                    place(index), found: "the unknown netdev \"\(netdev)\"",
                    expected: "a netdev of \(document.hosts[host].name): \(DocumentReader.list(netdevs))",
                    suggestion: NearestName.of(netdev, among: netdevs))
                return nil
            }
        } catch {
            let word = error.wordIndex < words.count ? words[error.wordIndex] : ""
            reader.report(
                place(error.wordIndex), found: error.found, expected: error.expected,
                suggestion: word.isEmpty ? nil : NearestName.of(word, among: error.candidates))
            return nil
        }
        return .run(ScenarioStep.CommandLine(host: host, words: words, text: text.string))
    }

    /// A traffic endpoint, or the application on a netdev: `HOST.NETDEV`.
    private mutating func source(_ node: Node) -> ScenarioStep.Source? {
        let names = document.trafficNames
        guard let text = reader.choice(node, among: names, "source of traffic") else { return nil }
        if let index = document.traffic.firstIndex(where: { $0.name == text.string }) { return .traffic(index) }
        for (hostIndex, host) in document.hosts.enumerated() {
            for (index, function) in host.functions.enumerated()
            where "\(host.name).\(function.netdev)" == text.string {
                return .application(host: hostIndex, function: index)
            }
        }
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
        let names = document.hosts.flatMap { host in host.functions.map { "\(host.name).\($0.name)" } }
        guard let text = reader.choice(node, among: names, "function") else { return nil }
        for (hostIndex, host) in document.hosts.enumerated() {
            for (index, function) in host.functions.enumerated() where "\(host.name).\(function.name)" == text.string {
                return .reset(host: hostIndex, function: index)
            }
        }
        return nil
    }
}
