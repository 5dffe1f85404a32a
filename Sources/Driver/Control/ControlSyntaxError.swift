/// A command line that is not understood: which word, what it is, and what could stand there.
package struct ControlSyntaxError: Error, Sendable, Equatable {
    /// Position of the word among the command's words; equal to their number when one is missing.
    package var wordIndex: Int
    /// What stands there, such as `unknown command "ipp"`.
    package var found: String
    /// What should stand there, such as `ip or ethtool`.
    package var expected: String
    /// Words that could stand there, for a suggestion; empty when it is not one of a list.
    package var candidates: [String]

    package init(wordIndex: Int, found: String, expected: String, candidates: [String] = []) {
        self.wordIndex = wordIndex
        self.found = found
        self.expected = expected
        self.candidates = candidates
    }
}
