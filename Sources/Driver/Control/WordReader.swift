internal import Wire

/// Takes a command line apart word by word.
struct WordReader {
    let words: [String]
    private(set) var position = 0

    init(_ words: [String]) { self.words = words }

    var isAtEnd: Bool { position >= words.count }
    /// The next word without taking it.
    var next: String? { isAtEnd ? nil : words[position] }

    /// The next word; `expected` says what it should be if there is none.
    mutating func word(_ expected: String, candidates: [String] = []) throws(ControlSyntaxError) -> String {
        guard let word = next else {
            throw ControlSyntaxError(
                wordIndex: position, found: "the end of the command", expected: expected, candidates: candidates)
        }
        position += 1
        return word
    }

    /// Takes the next word if it is one of `choices`.
    mutating func accept(_ choices: String...) -> Bool {
        guard let next, choices.contains(next) else { return false }
        position += 1
        return true
    }

    /// A number within `range`.
    mutating func number(_ what: String, in range: ClosedRange<Int>) throws(ControlSyntaxError) -> Int {
        let expected = "\(what) from \(range.lowerBound) to \(range.upperBound)"
        let word = try word(expected)
        guard let number = Int(word), range.contains(number) else { throw refuse("\"\(word)\"", expected) }
        return number
    }

    /// `on` or `off`.
    mutating func onOrOff() throws(ControlSyntaxError) -> Bool {
        let word = try word("on or off", candidates: ["on", "off"])
        guard word == "on" || word == "off" else {
            throw refuse("\"\(word)\"", "on or off", candidates: ["on", "off"])
        }
        return word == "on"
    }

    /// Six bytes in hexadecimal between colons.
    mutating func address() throws(ControlSyntaxError) -> MACAddress {
        let expected = "an Ethernet address such as 02:00:00:00:00:01"
        let word = try word(expected)
        guard let bytes = Self.bytes(word), bytes.count == 6 else { throw refuse("\"\(word)\"", expected) }
        return MACAddress(bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5])
    }

    /// The bytes of hexadecimal pairs between colons.
    static func bytes(_ word: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        for part in word.split(separator: ":", omittingEmptySubsequences: false) {
            guard (1...2).contains(part.count), let byte = UInt8(part, radix: 16) else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    /// Nothing may follow.
    func end() throws(ControlSyntaxError) {
        guard let next else { return }
        throw ControlSyntaxError(
            wordIndex: position, found: "\"\(next)\"", expected: "the end of the command")
    }

    /// An error about the word taken last.
    func refuse(_ found: String, _ expected: String, candidates: [String] = []) -> ControlSyntaxError {
        ControlSyntaxError(wordIndex: position - 1, found: found, expected: expected, candidates: candidates)
    }
}
