/// The user's input is wrong: every mistake that was found in it, in the order of files and lines.
package struct ScenarioError: Error, Sendable {
    package var mistakes: [Mistake]

    package init(_ mistakes: [Mistake]) { self.mistakes = mistakes }
}

extension ScenarioError: CustomStringConvertible {
    package var description: String { mistakes.map(\.description).joined(separator: "\n") }
}
