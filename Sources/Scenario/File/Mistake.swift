/// One mistake in something that the user wrote.
package struct Mistake: Hashable, Sendable {
    package var location: SourceLocation
    /// What is there, such as `unknown key "hots"`.
    package var found: String
    /// What should be there, such as `one of name, hosts, wires`.
    package var expected: String
    /// The nearest valid name, if one is near.
    package var suggestion: String?

    package init(_ location: SourceLocation, found: String, expected: String, suggestion: String? = nil) {
        self.location = location
        self.found = found
        self.expected = expected
        self.suggestion = suggestion
    }
}

extension Mistake: CustomStringConvertible {
    package var description: String {
        let question = suggestion.map { "; did you mean \($0)?" } ?? ""
        return "\(location): error: found \(found), expected \(expected)\(question)"
    }
}
