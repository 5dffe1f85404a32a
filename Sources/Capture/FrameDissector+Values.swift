extension FrameDissector {
    /// Appends the next `count` bytes as a field and steps over them.
    ///
    /// Returns the value, or `nil` when the bytes are not there.
    @discardableResult
    mutating func take(_ name: String, _ count: Int, _ format: (ArraySlice<UInt8>) -> String) -> String? {
        guard offset + count <= bytes.count else { return nil }
        append(name, offset..<offset + count, format)
        offset += count
        return fields.last?.value
    }

    /// Appends what is left before `end` as a field of bytes.
    mutating func payload(_ name: String) {
        guard offset < min(end, bytes.count) else { return }
        append(name, offset..<min(end, bytes.count), Self.plainHexadecimal)
        offset = min(end, bytes.count)
    }

    mutating func append(_ name: String, _ range: Range<Int>, _ format: (ArraySlice<UInt8>) -> String) {
        append(name, range, value: format(bytes[range]))
    }

    mutating func append(_ name: String, _ range: Range<Int>, value: String) {
        fields.append(DissectedField(name: name, range: range, value: value))
    }

    /// The big-endian number of `count` bytes at `place`, if they are there.
    func number(at place: Int, _ count: Int) -> Int? {
        guard place + count <= bytes.count else { return nil }
        return Self.value(bytes[place..<place + count])
    }

    static func value(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
    static func decimal(_ bytes: ArraySlice<UInt8>) -> String { "\(value(bytes))" }
    static func hexadecimal(_ bytes: ArraySlice<UInt8>) -> String { hex(value(bytes), 2 * bytes.count) }
    static func plainHexadecimal(_ bytes: ArraySlice<UInt8>) -> String { digits(bytes, separator: "") }
    static func hardwareAddress(_ bytes: ArraySlice<UInt8>) -> String { digits(bytes, separator: ":") }
    static func internet4Address(_ bytes: ArraySlice<UInt8>) -> String {
        bytes.map { "\($0)" }.joined(separator: ".")
    }

    /// `0x`, and `number` in at least `digitCount` hexadecimal digits.
    static func hex(_ number: Int, _ digitCount: Int) -> String {
        let digits = String(number, radix: 16)
        return "0x" + String(repeating: "0", count: max(0, digitCount - digits.count)) + digits
    }

    static func digits(_ bytes: ArraySlice<UInt8>, separator: String) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: separator)
    }

    /// The canonical text of an IPv6 address (RFC 5952): the longest run of two or more zero groups becomes `::`.
    static func internet6Address(_ bytes: ArraySlice<UInt8>) -> String {
        let all = Array(bytes)
        let groups = stride(from: 0, to: all.count - 1, by: 2).map { Int(all[$0]) << 8 | Int(all[$0 + 1]) }
        var best = 0..<0
        var start = 0
        while start < groups.count {
            var end = start
            while end < groups.count, groups[end] == 0 { end += 1 }
            if end - start > max(best.count, 1) { best = start..<end }
            start = max(end, start + 1)
        }
        let text = groups.map { String($0, radix: 16) }
        guard !best.isEmpty else { return text.joined(separator: ":") }
        return text[..<best.lowerBound].joined(separator: ":") + "::" + text[best.upperBound...].joined(separator: ":")
    }
}
