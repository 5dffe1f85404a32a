/// A JSON value whose text is the same in every run: the members of objects are sorted by name.
package indirect enum JSONValue: Sendable, Equatable {
    case null
    case flag(Bool)
    case integer(UInt64)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// The value as text of several lines, indented by two spaces; without a final newline.
    package var text: String {
        var output = ""
        write(to: &output, indentation: 0)
        return output
    }

    private func write(to output: inout String, indentation: Int) {
        switch self {
        case .null: output += "null"
        case .flag(let value): output += value ? "true" : "false"
        case .integer(let value): output += String(value)
        case .number(let value): output += value.isFinite ? "\(value)" : "null"
        case .string(let value): Self.write(value, to: &output)
        case .array(let values):
            Self.writeList("[", "]", values, to: &output, indentation) { value, output in
                value.write(to: &output, indentation: indentation + 2)
            }
        case .object(let members):
            let sorted = members.sorted { $0.key < $1.key }
            Self.writeList("{", "}", sorted, to: &output, indentation) { member, output in
                Self.write(member.key, to: &output)
                output += ": "
                member.value.write(to: &output, indentation: indentation + 2)
            }
        }
    }

    private static func writeList<Element>(
        _ opening: String, _ closing: String, _ elements: [Element], to output: inout String, _ indentation: Int,
        each: (Element, inout String) -> Void
    ) {
        output += opening
        for (index, element) in elements.enumerated() {
            output += index == 0 ? "\n" : ",\n"
            output += String(repeating: " ", count: indentation + 2)
            each(element, &output)
        }
        if !elements.isEmpty { output += "\n" + String(repeating: " ", count: indentation) }
        output += closing
    }

    private static func write(_ text: String, to output: inout String) {
        output += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": output += "\\\""
            case "\\": output += "\\\\"
            case "\n": output += "\\n"
            case "\t": output += "\\t"
            case "\r": output += "\\r"
            case _ where scalar.value < 0x20:
                output += "\\u00" + (scalar.value < 0x10 ? "0" : "") + String(scalar.value, radix: 16)
            default: output.unicodeScalars.append(scalar)
            }
        }
        output += "\""
    }
}
