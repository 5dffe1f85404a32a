/// What a tool answers, as the tree that its JSON is.
enum ToolValue {
    case object([(String, ToolValue)])
    case list([ToolValue])
    case string(String)
    case number(Int)
    case bool(Bool)

    /// The tree in JSON, without spaces, as the tools print it.
    var json: String {
        switch self {
        case .object(let members):
            "{" + members.map { Self.quoted($0.0) + ":" + $0.1.json }.joined(separator: ",") + "}"
        case .list(let values): "[" + values.map(\.json).joined(separator: ",") + "]"
        case .string(let text): Self.quoted(text)
        case .number(let number): String(number)
        case .bool(let value): value ? "true" : "false"
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for character in text {
            if character == "\"" || character == "\\" { result.append("\\") }
            result.append(character)
        }
        return result + "\""
    }
}
