internal import Capture
internal import Simulation
internal import Yams

/// Reads what must be true at the end.
extension ScenarioReader {
    mutating func readExpectations(_ node: Node) {
        for item in reader.items(of: node, "expectations") {
            guard let fields = reader.fields(of: item, as: ScenarioKeys.Expect.self, "an expectation"),
                let kind = single(fields, among: ScenarioKeys.Expect.allCases, "expectation"),
                let value = fields[kind], let expectation = expectation(kind, value)
            else { continue }
            document.expectations.append(Expectation(kind: expectation, location: fields.location))
        }
    }

    private mutating func expectation(_ kind: ScenarioKeys.Expect, _ node: Node) -> Expectation.Kind? {
        switch kind {
        case .frames: return frames(node)
        case .counter:
            guard let fields = reader.fields(of: node, as: ScenarioKeys.Counter.self, "a counter"),
                let name = reader.required(.name, of: fields, "a counter").flatMap({ counterName($0) }),
                let bound = reader.required(.value, of: fields, "a counter").flatMap({ self.bound($0) })
            else { return nil }
            return .counter(name: name, bound)
        case .drops: return drops(node)
        case .latency:
            guard let fields = reader.fields(of: node, as: ScenarioKeys.Latency.self, "a latency"),
                let percentile = reader.required(.percentile, of: fields, "a latency").flatMap({ self.percentile($0) }),
                let limit = reader.required(.atMost, of: fields, "a latency").flatMap({ reader.duration($0) })
            else { return nil }
            return .latency(percentile: percentile, atMost: limit)
        }
    }

    private mutating func frames(_ node: Node) -> Expectation.Kind? {
        guard let fields = reader.fields(of: node, as: ScenarioKeys.Frames.self, "frames"),
            let point = reader.required(.point, of: fields, "frames").flatMap({ self.point($0) })
        else { return nil }
        var selection = Expectation.FrameSelection(point: point)
        if let node = fields[.direction], let text = reader.choice(node, among: ["in", "out"], "direction") {
            selection.direction = text.string == "in" ? .inbound : .outbound
        }
        if let node = fields[.filter], let text = reader.text(node, "a libpcap filter expression") {
            do throws(CaptureError) {
                _ = try CaptureFilter(text.string)
                selection.filter = text.string
            } catch {
                reader.report(text.location, found: error.found, expected: error.expected)
            }
        }
        guard let bound = reader.required(.count, of: fields, "frames").flatMap({ self.bound($0) }) else { return nil }
        return .frames(selection, bound)
    }

    private mutating func drops(_ node: Node) -> Expectation.Kind? {
        guard case .mapping = node else { return bound(node).map { .drops(reason: nil, $0) } }
        guard let fields = reader.fields(of: node, as: ScenarioKeys.Drops.self, "drops"),
            let bound = reader.required(.count, of: fields, "drops").flatMap({ self.bound($0) })
        else { return nil }
        guard let node = fields[.reason] else { return .drops(reason: nil, bound) }
        let names = DropReason.allCases.map(\.name)
        guard let text = reader.choice(node, among: names, "reason") else { return nil }
        return .drops(reason: DropReason.allCases.first { $0.name == text.string }, bound)
    }

    /// A counter is known by the part it belongs to; its own name is checked at the end, when the device has been
    /// asked.
    private mutating func counterName(_ node: Node) -> String? {
        guard let text = reader.text(node, "a counter such as h0.eth0.rx_packets") else { return nil }
        let machines =
            document.hosts.map(\.name)
            + document.nics.map(\.name).filter { name in
                !document.hosts.contains { $0.name == name }
            }
        let parts = document.capturePoints + machines + document.traffic.map(\.name)
        if parts.contains(where: { text.string.hasPrefix($0 + ".") }) {
            return text.string
        }
        reader.report(
            text.location, found: "\"\(text.string)\"",
            expected: "a counter of \(DocumentReader.list(parts)), such as \(parts.last ?? "h0").rx_packets")
        return nil
    }

    /// A number, `>= 100`, or `== NAME.sent`.
    private mutating func bound(_ node: Node) -> Expectation.Bound? {
        let expected = "a number, a comparison such as \">= 100\", or one such as \"== replayer.sent\""
        guard let text = reader.text(node, expected) else { return nil }
        var rest = Substring(text.string)
        var comparison = Expectation.Comparison.equal
        // Two-character signs first, so that ">=" is not read as ">".
        for sign in Expectation.Comparison.allCases.sorted(by: { $0.rawValue.count > $1.rawValue.count })
        where rest.hasPrefix(sign.rawValue) {
            comparison = sign
            rest = rest.dropFirst(sign.rawValue.count)
            break
        }
        let operand = String(rest.drop { $0 == " " })
        if let number = UInt64(operand.filter { $0 != "_" }) { return Expectation.Bound(comparison, .number(number)) }
        for (end, make) in [(".sent", Expectation.Operand.sent), (".received", Expectation.Operand.received)]
        where operand.hasSuffix(end) {
            let name = String(operand.dropLast(end.count))
            if document.source(named: name) != nil { return Expectation.Bound(comparison, make(name)) }
        }
        let valid = document.trafficNames.flatMap { ["\($0).sent", "\($0).received"] }
        reader.report(
            text.location, found: "\"\(text.string)\"", expected: expected,
            suggestion: NearestName.of(operand, among: valid))
        return nil
    }

    /// A percentile that every run keeps, in thousandths of a percent.
    private mutating func percentile(_ node: Node) -> Int? {
        let valid = ["50", "90", "99", "99.9", "100"]
        guard let text = reader.choice(node, among: valid, "percentile") else { return nil }
        return [50_000, 90_000, 99_000, 99_900, 100_000][valid.firstIndex(of: text.string) ?? 0]
    }
}

extension DropReason {
    /// The reason's name in files: `out-of-receive-buffers`.
    package var name: String {
        var name = ""
        for character in "\(self)" {
            if character.isUppercase { name += "-" }
            name += character.lowercased()
        }
        return name
    }
}
