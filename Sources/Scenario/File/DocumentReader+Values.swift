internal import Foundation
internal import Simulation
internal import Wire
internal import Yams

extension DocumentReader {
    /// An integer in a range; decimal or `0x…`.
    mutating func integer<Value: FixedWidthInteger>(
        _ node: Node, in range: ClosedRange<Value>, _ name: String
    ) -> Value? {
        let expected = "\(name): a whole number from \(range.lowerBound) to \(range.upperBound)"
        guard let text = text(node, expected) else { return nil }
        let plain = text.string.filter { $0 != "_" }
        let value = plain.hasPrefix("0x") ? Value(plain.dropFirst(2), radix: 16) : Value(plain)
        guard let value, range.contains(value) else {
            report(text.location, found: "\"\(text.string)\"", expected: expected)
            return nil
        }
        return value
    }

    /// A quantity in its base unit, in a range.
    mutating func quantity(
        _ node: Node, _ dimension: Quantity.Dimension, in range: ClosedRange<UInt64> = 0...(.max)
    ) -> UInt64? {
        let form = "\(dimension.name) such as \(dimension.example)"
        guard let text = text(node, form) else { return nil }
        return quantity(text, dimension, in: range)
    }

    /// The same, of a text that has been read.
    mutating func quantity(
        _ text: Text, _ dimension: Quantity.Dimension, in range: ClosedRange<UInt64> = 0...(.max)
    ) -> UInt64? {
        let form = "\(dimension.name) such as \(dimension.example)"
        let units = dimension.units.map(\.name)
        do {
            let value = try Quantity.parse(text.string, as: dimension)
            guard range.contains(value) else {
                let unit = units[0]
                report(
                    text.location, found: "\"\(text.string)\"",
                    expected: "\(dimension.name) from \(range.lowerBound)\(unit) to \(range.upperBound)\(unit)")
                return nil
            }
            return value
        } catch {
            switch error {
            case .unknownUnit(let unit):
                let nearest = Self.nearestUnit(unit, units).map { String(text.string.dropLast(unit.count)) + $0 }
                report(
                    text.location, found: "\"\(text.string)\" with the unit \"\(unit)\"",
                    expected: "\(form), in \(Self.list(units))", suggestion: nearest)
            case .noUnit:
                report(
                    text.location, found: "\"\(text.string)\" without a unit",
                    expected: "\(form), in \(Self.list(units))")
            case .negative: report(text.location, found: "the negative \"\(text.string)\"", expected: form)
            case .finerThanBaseUnit:
                report(text.location, found: "\"\(text.string)\"", expected: "a whole number of \(units[0])")
            case .tooLarge, .notANumber: report(text.location, found: "\"\(text.string)\"", expected: form)
            }
            return nil
        }
    }

    /// The unit that `unit` was meant to be: the same letters in another case, or the nearest.
    private static func nearestUnit(_ unit: String, _ units: [String]) -> String? {
        if let same = units.first(where: { $0.lowercased() == unit.lowercased() }) { return same }
        let plain = unit.replacing("/s", with: "ps").replacing("sec", with: "s")
        if let same = units.first(where: { $0.lowercased() == plain.lowercased() }) { return same }
        return NearestName.of(unit, among: units)
    }

    mutating func duration(_ node: Node) -> SimDuration? {
        quantity(node, Quantity.time, in: 0...Self.longestDuration).map { .picoseconds($0) }
    }

    /// The longest duration that a file may state: one hour of simulated time.
    static var longestDuration: UInt64 { 3_600_000_000_000_000 }

    mutating func flag(_ node: Node) -> Bool? {
        guard let text = text(node, "true or false") else { return nil }
        switch text.string {
        case "true", "yes", "on": return true
        case "false", "no", "off": return false
        default:
            report(
                text.location, found: "\"\(text.string)\"", expected: "true or false",
                suggestion: NearestName.of(text.string, among: ["true", "false"]))
            return nil
        }
    }

    /// A percentage with at most two decimals, such as `5.5%`, in parts per 10,000.
    mutating func percentage(_ node: Node, in range: ClosedRange<UInt64>) -> UInt64? {
        let low = Double(range.lowerBound) / 100, high = Double(range.upperBound) / 100
        let expected = "a percentage from \(low)% to \(high)%, such as 5.5%"
        guard let text = text(node, expected) else { return nil }
        let percent = Quantity.Dimension(
            name: "a percentage", example: "5.5%", units: [("", 1), ("%", 100)], allowsBareNumber: false)
        guard text.string.hasSuffix("%"), let value = try? Quantity.parse(text.string, as: percent),
            range.contains(value)
        else {
            report(text.location, found: "\"\(text.string)\"", expected: expected)
            return nil
        }
        return value
    }

    /// One of an enumeration's raw values.
    mutating func choice<Value: RawRepresentable & CaseIterable>(
        _ node: Node, of type: Value.Type, _ name: String
    ) -> Value? where Value.RawValue == String {
        let valid = Value.allCases.map(\.rawValue)
        return choice(node, among: valid, name).flatMap { Value(rawValue: $0.string) }
    }

    /// One of some texts.
    mutating func choice(_ node: Node, among valid: [String], _ name: String) -> Text? {
        guard let text = text(node, "\(name): \(Self.list(valid))") else { return nil }
        if valid.contains(text.string) { return text }
        refuse(text, name, valid)
        return nil
    }

    /// Reports that `text` is not what `name` says, which `valid` are.
    mutating func refuse(_ text: Text, _ name: String, _ valid: [String]) {
        // A wrong number is no misspelt one.
        let nearest = text.string.first?.isNumber == true ? nil : NearestName.of(text.string, among: valid)
        report(text.location, found: "\(name) \"\(text.string)\"", expected: Self.list(valid), suggestion: nearest)
    }

    mutating func macAddress(_ node: Node) -> MACAddress? {
        let expected = "a MAC address such as 02:00:00:00:00:01"
        guard let text = text(node, expected) else { return nil }
        let parts = text.string.split(separator: ":", omittingEmptySubsequences: false)
        let octets = parts.compactMap { $0.count == 2 ? UInt8($0, radix: 16) : nil }
        guard parts.count == 6, octets.count == 6 else {
            report(text.location, found: "\"\(text.string)\"", expected: expected)
            return nil
        }
        return MACAddress(rawValue: octets.reduce(0) { $0 << 8 | UInt64($1) })
    }

    /// The path of a file that exists: as given from the current folder or, failing that, from the folder that holds
    /// the scenario's folder.
    mutating func existingFile(_ node: Node, _ name: String) -> String? {
        guard let text = text(node, name) else { return nil }
        for path in [text.string, FilePlace.project(of: file) + text.string] where FilePlace.isFile(path) {
            return path
        }
        let folder = (text.string as NSString).deletingLastPathComponent
        let places = [folder, FilePlace.project(of: file) + folder]
        let names = places.flatMap { FilePlace.names(in: $0.isEmpty ? "." : $0) }
        let nearest = NearestName.of((text.string as NSString).lastPathComponent, among: names)
        report(
            text.location, found: "\"\(text.string)\", which is not a file that can be read", expected: name,
            suggestion: nearest.map { folder.isEmpty ? $0 : folder + "/" + $0 })
        return nil
    }
}
