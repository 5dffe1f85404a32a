internal import Foundation
internal import Yams

/// Reads typed values from a file's nodes and collects every mistake on the way.
///
/// Reading goes on after a mistake: whatever returns `nil` has been reported. Nothing read is used unless
/// `mistakes` is empty at the end.
struct DocumentReader {
    /// The file's name in messages.
    let file: String
    private(set) var mistakes: [Mistake] = []
    /// What `${name}` stands for; `nil` where parameters do not exist, as in model files.
    var settings: [ScenarioDocument.Setting]?

    init(file: String) { self.file = file }

    /// A mapping's values by key, with the place of the mapping.
    struct Fields<Key: Hashable> {
        var location: SourceLocation
        var values: [Key: Node]
        subscript(key: Key) -> Node? { values[key] }
    }

    /// A scalar's text after replacement of its parameters.
    struct Text {
        var string: String
        var location: SourceLocation
    }

    // MARK: Mistakes

    mutating func report(_ mistake: Mistake) { mistakes.append(mistake) }

    mutating func report(_ location: SourceLocation, found: String, expected: String, suggestion: String? = nil) {
        mistakes.append(Mistake(location, found: found, expected: expected, suggestion: suggestion))
    }

    func location(of node: Node) -> SourceLocation {
        guard let mark = node.mark else { return SourceLocation(file: file) }
        return SourceLocation(file: file, line: mark.line, column: mark.column)
    }

    /// What a node is, in words.
    func describe(_ node: Node) -> String {
        switch node {
        case .scalar(let scalar):
            return scalar.string.isEmpty ? "nothing" : "\"\(scalar.string)\""
        case .mapping: return "a mapping"
        case .sequence: return "a list"
        case .alias: return "an alias"
        }
    }

    // MARK: Structure

    /// The values of a mapping whose keys are the cases of `Key`; `name` says what it is ("a host").
    mutating func fields<Key: RawRepresentable & CaseIterable & Hashable>(
        of node: Node, as type: Key.Type, _ name: String
    ) -> Fields<Key>? where Key.RawValue == String {
        let valid = Key.allCases.map(\.rawValue)
        guard case .mapping(let mapping) = node else {
            report(location(of: node), found: describe(node), expected: "\(name): a mapping with \(Self.list(valid))")
            return nil
        }
        var values: [Key: Node] = [:]
        for (keyNode, value) in mapping {
            guard let text = keyNode.string else {
                report(location(of: keyNode), found: describe(keyNode), expected: "a key of \(name)")
                continue
            }
            if let first = text.unicodeScalars.first?.value, (0xe000..<0xf000).contains(first) { continue }
            if let key = Key(rawValue: text) {
                values[key] = value
            } else {
                report(
                    location(of: keyNode), found: "unknown key \"\(text)\"",
                    expected: "a key of \(name): \(Self.list(valid))",
                    suggestion: NearestName.of(text, among: valid))
            }
        }
        return Fields(location: location(of: node), values: values)
    }

    /// The value of a key that must be there.
    mutating func required<Key: RawRepresentable>(
        _ key: Key, of fields: Fields<Key>, _ name: String
    ) -> Node? where Key.RawValue == String {
        if let node = fields[key] { return node }
        report(fields.location, found: "\(name) without \"\(key.rawValue)\"", expected: "the key \"\(key.rawValue)\"")
        return nil
    }

    /// The items of a list; `name` says what they are ("hosts").
    mutating func items(of node: Node, _ name: String) -> [Node] {
        if case .sequence(let sequence) = node { return Array(sequence) }
        report(location(of: node), found: describe(node), expected: "a list of \(name)")
        return []
    }

    /// Whether a node is nothing at all (`key:` with no value).
    func isEmpty(_ node: Node) -> Bool {
        guard case .scalar(let scalar) = node else { return false }
        return scalar.string.isEmpty && scalar.style == .plain
    }

    // MARK: Scalars

    /// A scalar's text with its `${…}` replaced; `name` says what it is ("a name").
    mutating func text(_ node: Node, _ name: String) -> Text? {
        guard case .scalar(let scalar) = node, !isEmpty(node) else {
            report(location(of: node), found: describe(node), expected: name)
            return nil
        }
        let location = location(of: node)
        guard let string = replaceParameters(in: scalar.string, at: location) else { return nil }
        return Text(string: string, location: location)
    }

    /// Replaces every `${name}`; `nil` when one does not exist.
    mutating func replaceParameters(in text: String, at location: SourceLocation) -> String? {
        guard let settings, text.contains("${") else { return text }
        var result = ""
        var rest = Substring(text)
        while let start = rest.range(of: "${") {
            result += rest[..<start.lowerBound]
            guard let end = rest[start.upperBound...].firstIndex(of: "}") else {
                report(location, found: "\"\(rest[start.lowerBound...])\"", expected: "a parameter ${name}")
                return nil
            }
            let name = String(rest[start.upperBound..<end])
            guard let setting = settings.first(where: { $0.name == name }) else {
                let names = settings.map(\.name)
                report(
                    location, found: "unknown parameter \"${\(name)}\"",
                    expected: names.isEmpty ? "a parameter that \"set\" declares" : "one of \(Self.list(names))",
                    suggestion: NearestName.of(name, among: names))
                return nil
            }
            result += setting.value
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }

    /// A text that names something: letters, digits, `-`, `_`; begins with a letter.
    mutating func name(_ node: Node) -> Text? {
        let expected = "a name of letters, digits, - and _ that begins with a letter"
        guard let text = text(node, expected) else { return nil }
        let characters = text.string.unicodeScalars
        guard characters.count <= 32, let first = characters.first, first.properties.isAlphabetic, first.isASCII,
            characters.allSatisfy({ $0.isASCII && ($0.properties.isAlphabetic || Self.isNameMark($0)) })
        else {
            report(text.location, found: "\"\(text.string)\"", expected: expected)
            return nil
        }
        return text
    }

    private static func isNameMark(_ scalar: Unicode.Scalar) -> Bool {
        ("0"..."9").contains(scalar) || scalar == "-" || scalar == "_"
    }

    /// The names in words: `a, b and c`.
    static func list(_ names: [String], _ last: String = "or") -> String {
        guard names.count > 1, let final = names.last else { return names.first ?? "nothing" }
        return names.dropLast().joined(separator: ", ") + " \(last) " + final
    }
}
