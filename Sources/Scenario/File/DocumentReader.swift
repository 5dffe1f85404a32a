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
        /// Where each character of `string` stands, counted from `location`; those of a parameter stand where its `$`
        /// does.
        ///
        /// Empty where that cannot be told: in block scalars, and behind escapes.
        fileprivate(set) var columns: [Int] = []

        /// The place of the character at `offset`.
        func place(at offset: Int) -> SourceLocation {
            var place = location
            if offset < columns.count { place.column += columns[offset] }
            return place
        }

        /// The place behind the last character.
        var end: SourceLocation {
            var place = location
            if let last = columns.last { place.column += last + 1 }
            return place
        }
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
            if YAMLText.isHidden(text) { continue }
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
        var text = Text(string: "", location: location(of: node))
        guard append(scalar.string, to: &text) else { return nil }
        switch scalar.style {
        case .any, .plain: break
        case .singleQuoted, .doubleQuoted: text.columns = text.columns.map { $0 + 1 }
        case .literal, .folded: text.columns = []
        }
        return text
    }

    /// Appends `source` with every `${name}` replaced; false when one does not exist.
    private mutating func append(_ source: String, to text: inout Text) -> Bool {
        var rest = Substring(source)
        var column = 0
        func copy(_ part: Substring, to text: inout Text) {
            text.string += part
            text.columns += (column..<column + part.count)
            column += part.count
        }
        while let settings, let start = rest.range(of: "${") {
            copy(rest[..<start.lowerBound], to: &text)
            let location = text.location
            guard let end = rest[start.upperBound...].firstIndex(of: "}") else {
                report(location, found: "\"\(rest[start.lowerBound...])\"", expected: "a parameter ${name}")
                return false
            }
            let (name, form) = Self.splitForm(rest[start.upperBound..<end])
            guard let setting = settings.first(where: { $0.name == name }) else {
                let names = settings.map(\.name)
                report(
                    location, found: "unknown parameter \"${\(name)}\"",
                    expected: names.isEmpty ? "a parameter that \"set\" declares" : "one of \(Self.list(names))",
                    suggestion: NearestName.of(name, among: names))
                return false
            }
            guard let value = Self.write(setting.value, form: form) else {
                report(
                    location, found: "\"\(rest[start.lowerBound...end])\" of the value \"\(setting.value)\"",
                    expected: "a form such as 02x or 3d, and a whole number to write in it")
                return false
            }
            text.string += value
            text.columns += repeatElement(column, count: value.count)
            column += rest[start.lowerBound...end].count
            rest = rest[rest.index(after: end)...]
        }
        copy(rest, to: &text)
        return true
    }

    /// `i:02x` as the name and the form.
    private static func splitForm(_ text: Substring) -> (name: String, form: Substring?) {
        guard let colon = text.firstIndex(of: ":") else { return (String(text), nil) }
        return (String(text[..<colon]), text[text.index(after: colon)...])
    }

    /// A value in a form: a least number of digits and `x` or `d`; `nil` when either is wrong.
    private static func write(_ value: String, form: Substring?) -> String? {
        guard let form else { return value }
        guard let number = UInt64(value), let letter = form.last, letter == "x" || letter == "d",
            let width = form.count == 1 ? 0 : Int(form.dropLast()), (0...20).contains(width)
        else { return nil }
        let digits = String(number, radix: letter == "x" ? 16 : 10)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
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
