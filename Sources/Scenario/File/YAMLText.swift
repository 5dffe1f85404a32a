internal import Foundation
internal import Yams

/// A YAML file's text, composed into nodes that know their places.
struct YAMLText {
    /// What a key that occurs twice is replaced by, so that the rest of the file can still be read: a private-use
    /// character that no key begins with.
    private static let firstMarker: UInt32 = 0xe000

    /// Whether `key` is one that occurred before, and has been reported.
    static func isHidden(_ key: String) -> Bool {
        key.unicodeScalars.first.map { (firstMarker..<firstMarker + 0x1000).contains($0.value) } ?? false
    }

    /// The root of the file's only document; `nil` when the file could not be read or composed.
    private(set) var root: Node?
    private(set) var mistakes: [Mistake] = []

    /// Reads the file at `path`, which messages call `name`.
    init(path: String, name: String) {
        let file = SourceLocation(file: name)
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory.boolValue,
            let data = FileManager.default.contents(atPath: path)
        else {
            let found = isDirectory.boolValue ? "a folder" : "no file that can be read"
            mistakes.append(Mistake(file, found: found, expected: "a YAML file"))
            return
        }
        guard let text = String(data: data, encoding: .utf8) else {
            mistakes.append(Mistake(file, found: "bytes that are not UTF-8", expected: "a YAML file"))
            return
        }
        compose(text, name: name)
    }

    /// Composes `text`, which messages call `name`.
    init(text: String, name: String) { compose(text, name: name) }

    private mutating func compose(_ text: String, name: String) {
        var text = text
        // Each round finds one key that occurs twice; a file cannot hold more of them than lines or commas.
        for round in 0..<1000 {
            do {
                root = try Yams.compose(yaml: text)
                if root == nil {
                    let start = SourceLocation(file: name, line: 1, column: 1)
                    mistakes.append(Mistake(start, found: "an empty file", expected: "a mapping of keys"))
                }
                return
            } catch YamlError.duplicatedKeysInMapping(let duplicates, let context) {
                guard let key = duplicates.first,
                    hideSecond(key, after: context.mark, in: &text, name: name, round: UInt32(round))
                else {
                    let location = SourceLocation(file: name, line: context.mark.line, column: context.mark.column)
                    append(duplicates.first ?? "", at: location)
                    return
                }
            } catch {
                mistakes.append(Self.mistake(of: error, name: name))
                return
            }
        }
    }

    private mutating func append(_ key: String, at location: SourceLocation) {
        mistakes.append(Mistake(location, found: "key \"\(key)\" a second time", expected: "each key once"))
    }

    /// Reports the next occurrence of `key` as a key after `mark` and replaces its first character.
    private mutating func hideSecond(
        _ key: String, after mark: Mark, in text: inout String, name: String, round: UInt32
    ) -> Bool {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.unicodeScalars) }
        let wanted = Array(key.unicodeScalars)
        guard !wanted.isEmpty, mark.line >= 1, let marker = Unicode.Scalar(Self.firstMarker + round) else {
            return false
        }
        let inFlow = Self.isInFlow(lines, mark)
        for line in (mark.line - 1)..<lines.count {
            let first = line == mark.line - 1 ? mark.column - 1 + wanted.count : 0
            let columns =
                inFlow ? first..<max(first, lines[line].count) : (mark.column - 1)..<mark.column
            for column in columns where column >= first && Self.isKey(wanted, at: column, of: lines[line]) {
                append(key, at: SourceLocation(file: name, line: line + 1, column: column + 1))
                lines[line][column] = marker
                text = lines.map { line in
                    var view = String.UnicodeScalarView()
                    view.append(contentsOf: line)
                    return String(view)
                }.joined(separator: "\n")
                return true
            }
        }
        return false
    }

    /// Whether the key at `mark` follows an open brace on its line.
    private static func isInFlow(_ lines: [[Unicode.Scalar]], _ mark: Mark) -> Bool {
        let before = lines[mark.line - 1].prefix(max(0, mark.column - 1))
        return before.filter { $0 == "{" }.count > before.filter { $0 == "}" }.count
    }

    private static func isKey(_ key: [Unicode.Scalar], at column: Int, of line: [Unicode.Scalar]) -> Bool {
        guard column >= 0, column + key.count < line.count, Array(line[column..<column + key.count]) == key else {
            return false
        }
        if column > 0, !" {,\t".unicodeScalars.contains(line[column - 1]) { return false }
        let rest = line[(column + key.count)...].drop { $0 == " " }
        return rest.first == ":"
    }

    private static func mistake(of error: any Error, name: String) -> Mistake {
        switch error {
        case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _):
            let location = SourceLocation(file: name, line: mark.line, column: mark.column)
            return Mistake(location, found: "text that is not YAML (\(problem))", expected: "well-formed YAML")
        case YamlError.reader(let problem, _, _, _):
            let location = SourceLocation(file: name)
            return Mistake(location, found: "text that is not YAML (\(problem))", expected: "well-formed YAML")
        default:
            return Mistake(SourceLocation(file: name), found: "text that is not YAML", expected: "well-formed YAML")
        }
    }
}
