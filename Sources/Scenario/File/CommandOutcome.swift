/// What a scenario expects of a command: that it succeeds or is refused, and what it prints.
package struct CommandOutcome: Sendable, Equatable {
    /// What the message must contain of a command that is to fail; `nil` for one that is to succeed.
    package var failure: String?
    /// What the output must have in it.
    package var prints: [OutputPattern] = []
    /// What the output must not have in it.
    package var omits: [OutputPattern] = []

    package init() {}

    /// Why what a command did is not what was expected; `nil` when it is.
    ///
    /// `text` is what it printed, or the message when it failed.
    package func difference(succeeded: Bool, text: String) -> String? {
        if let failure {
            if succeeded { return "it succeeded where it had to fail with \"\(failure)\"" }
            if !text.contains(failure) { return "it failed with \"\(text)\" and not with \"\(failure)\"" }
        } else if !succeeded {
            return text
        }
        if let missing = prints.first(where: { !$0.isFound(in: text) }) { return "it did not print \(missing)" }
        if let present = omits.first(where: { $0.isFound(in: text) }) { return "it printed \(present)" }
        return nil
    }
}

/// A text to be found in a command's output, or a regular expression between slashes.
package struct OutputPattern: Sendable, Equatable, CustomStringConvertible {
    /// As it is written in the scenario.
    package var description: String

    package init(_ text: String) { description = text }

    /// The regular expression, without the slashes; `nil` for a plain text.
    var expression: String? {
        guard description.count > 2, description.hasPrefix("/"), description.hasSuffix("/") else { return nil }
        return String(description.dropFirst().dropLast())
    }

    /// Whether it is one that can be looked for.
    var isValid: Bool { expression.map { (try? Regex($0)) != nil } ?? true }

    /// Whether it occurs in `text`; a regular expression's `^` and `$` are the ends of a line.
    package func isFound(in text: String) -> Bool {
        guard let expression else { return text.contains(description) }
        guard let regex = try? Regex(expression).anchorsMatchLineEndings() else { return false }
        return text.contains(regex)
    }
}
