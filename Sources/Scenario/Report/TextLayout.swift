package import Simulation

/// `text` in at least `width` columns.
func padded(_ text: String, _ width: Int, right: Bool = false) -> String {
    let space = String(repeating: " ", count: max(0, width - text.count))
    return right ? space + text : text + space
}

/// `text` cut to `width` columns; the last one says so.
func clipped(_ text: String, _ width: Int) -> String {
    text.count <= width ? text : text.prefix(max(0, width - 1)) + "…"
}

/// A number with a comma between its groups of three digits.
package func grouped(_ number: UInt64) -> String {
    let digits = Array(String(number))
    var text = ""
    for (index, digit) in digits.enumerated() {
        if index > 0, (digits.count - index) % 3 == 0 { text += "," }
        text.append(digit)
    }
    return text
}

/// `thousandths` of a unit with `decimals` (at most three) decimals, rounded.
func decimal(_ thousandths: UInt64, decimals: Int) -> String {
    let scale: UInt64 = decimals >= 3 ? 1 : decimals == 2 ? 10 : decimals == 1 ? 100 : 1000
    let rounded = (thousandths + scale / 2) / scale
    guard decimals > 0 else { return grouped(rounded) }
    let unit = 1000 / scale
    let fraction = String(rounded % unit)
    return grouped(rounded / unit) + "." + String(repeating: "0", count: decimals - fraction.count) + fraction
}

extension SimDuration {
    /// The duration for people: about four digits and the unit that suits.
    package var text: String {
        switch picoseconds {
        case 0..<1_000_000: return decimal(picoseconds, decimals: 1) + " ns"
        case 0..<1_000_000_000: return decimal(picoseconds / 1000, decimals: 2) + " µs"
        case 0..<1_000_000_000_000: return decimal(picoseconds / 1_000_000, decimals: 3) + " ms"
        default: return decimal(picoseconds / 1_000_000_000, decimals: 3) + " s"
        }
    }
}

/// Bytes as hexadecimal digits.
func hexadecimal(_ bytes: some Collection<UInt8>, separator: String = "") -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: separator)
}

/// `count` in seconds, where a second is ten to the power of `digits`: `0.000001234567`.
func secondsText(_ count: UInt64, digits: Int = 12) -> String {
    let second = (0..<digits).reduce(UInt64(1)) { product, _ in product * 10 }
    let (whole, rest) = count.quotientAndRemainder(dividingBy: second)
    let text = String(rest)
    return "\(whole)." + String(repeating: "0", count: digits - text.count) + text
}

extension RunResult.EventRecord {
    /// Longest line, in characters.
    private static let width = 120

    /// The event in one line: time in seconds, then what happened, without the names of types that say nothing more.
    package var line: String {
        var words = text.replacing("Host.FunctionID(index: ", with: "function(")
        while let type = words.firstMatch(of: /\b[A-Z][A-Za-z]*\./) { words.removeSubrange(type.range) }
        return clipped("\(secondsText(time.picoseconds)) \(words)", Self.width)
    }
}
