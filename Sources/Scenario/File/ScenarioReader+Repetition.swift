internal import Yams

/// Reads steps that happen several times, and what is expected of commands.
extension ScenarioReader {
    /// `repeat: { count: 64, as: i, steps: […] }`: the steps in turn, `${i}` being 0, 1 and so on.
    mutating func readRepetition(_ node: Node, _ step: DocumentReader.Fields<ScenarioKeys.Step>) {
        for key in ScenarioKeys.Step.allCases where key != .repetition {
            guard let node = step[key] else { continue }
            reader.report(
                reader.location(of: node), found: "\"\(key.rawValue)\" beside \"repeat\"",
                expected: "it beside the steps that are repeated")
        }
        guard let fields = reader.fields(of: node, as: ScenarioKeys.Repeat.self, "a repetition"),
            let count = reader.required(.count, of: fields, "a repetition").flatMap({
                reader.integer($0, in: 1...100_000, "repetitions")
            }), let steps = reader.required(.steps, of: fields, "a repetition")
        else { return }
        let first = fields[.from].flatMap { reader.integer($0, in: 0...1_000_000, "the first number") } ?? 0
        let name = fields[.name].flatMap { reader.name($0) }
        let outer = reader.settings ?? []
        if let name, outer.contains(where: { $0.name == name.string }) {
            reader.report(
                name.location, found: "the name \"\(name.string)\", which is a parameter's",
                expected: "a name of its own")
            return
        }
        let mistakeCount = reader.mistakes.count
        for number in first..<first + count where reader.mistakes.count == mistakeCount {
            if let name {
                reader.settings = outer + [ScenarioDocument.Setting(name: name.string, value: "\(number)")]
            }
            readSteps(steps)
        }
        reader.settings = outer
    }

    /// What is expected of the command of a step.
    mutating func outcome(_ fields: DocumentReader.Fields<ScenarioKeys.Step>) -> CommandOutcome {
        var outcome = CommandOutcome()
        if let node = fields[.fails] {
            outcome.failure = reader.text(node, "a part of the message of a command that fails")?.string
        }
        if let node = fields[.prints] { outcome.prints = patterns(node) }
        if let node = fields[.omits] { outcome.omits = patterns(node) }
        return outcome
    }

    /// A text or a list of texts; one between slashes is a regular expression.
    private mutating func patterns(_ node: Node) -> [OutputPattern] {
        var items = [node]
        if case .sequence(let sequence) = node { items = Array(sequence) }
        return items.compactMap { item in
            guard let text = reader.text(item, "a text that is printed, or a /regular expression/") else { return nil }
            let pattern = OutputPattern(text.string)
            if pattern.isValid { return pattern }
            reader.report(
                text.location, found: "\"\(text.string)\"", expected: "a regular expression between the slashes")
            return nil
        }
    }
}
